import Domain
import Foundation
import Store

extension TemplateChoiceFacts {
    init(_ template: TemplateSummary) {
        let unread = TemplateFacts(
            status: template.status, category: template.category, header: nil, bodyVariables: [], isNamed: false,
            buttonSlots: [], bodyText: "", footerText: nil)
        let facts = template.facts ?? unread
        self.init(
            id: template.id, name: template.name, language: template.language, facts: facts,
            headerText: Self.headerText(in: template.components), reason: template.reason,
            obstacle: template.facts == nil ? .unreadableTemplate : facts.obstacle)
    }

    /// Whether a person looks for it: every word stands in its name or text.
    func matches(_ words: [String]) -> Bool {
        let text = "\(name) \(facts.bodyText)".lowercased()
        return words.allSatisfy { text.contains($0) }
    }

    /// Meta's component with the type `HEADER`, when it is a text.
    private static func headerText(in components: String) -> String? {
        struct Component: Decodable {
            let type: String?
            let text: String?
        }
        // What cannot be read has no heading to show; what must be filled in is known from its facts.
        let all = try? JSONDecoder().decode([Component].self, from: Data(components.utf8))
        return all?.first { $0.type?.uppercased() == "HEADER" }?.text
    }

}

extension TemplateFacts {
    /// One-time codes are sent by programs; what Puente cannot fill in, nobody can send.
    fileprivate var obstacle: LocalizedText? {
        if category.uppercased() == "AUTHENTICATION" { return .oneTimeCode }
        return isFillable ? nil : SendRefusal.templateUnsupported.sentence
    }
}

extension LocalizedText {
    fileprivate static let unreadableTemplate = LocalizedText(
        en: "This version of Puente cannot read it. Refresh the templates, or update Puente.",
        es: "Esta versión de Puente no puede leerla. Actualice las plantillas o instale un Puente más nuevo.")
    fileprivate static let oneTimeCode = LocalizedText(
        en: "One-time codes are sent by programs, through the API.",
        es: "Los códigos de un solo uso los envían los programas, por la API.")
}
