import Domain
import Foundation
import Store

extension TemplateChoiceFacts {
    /// Nil for a template whose slots this release cannot read.
    init?(_ template: TemplateSummary) {
        guard let facts = template.facts else { return nil }
        self.init(
            id: template.id, name: template.name, language: template.language, facts: facts,
            headerText: Self.headerText(in: template.components), reason: template.reason)
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

    /// Carousels and countdowns have slots that this form has no field for; one-time codes are sent by programs.
    var isFillable: Bool {
        facts.category.uppercased() != "AUTHENTICATION"
            && facts.buttonSlots.allSatisfy { $0.index >= 0 && TemplateFilling.buttonKinds.contains($0.subType) }
    }
}
