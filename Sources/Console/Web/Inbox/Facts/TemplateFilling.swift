import Domain

/// The values that a person gave a template, and the message that they make.
struct TemplateFilling {
    let template: TemplateChoiceFacts
    /// By ``TemplateField/name``; fields that were not in the form are absent.
    let values: [String: String]
    /// The heading's picture, video or document, when one was chosen.
    var file: MediaContent?

    /// The message, with blank values where nothing was given.
    var content: TemplateContent {
        let facts = template.facts
        return TemplateContent(
            name: template.name, language: template.language, header: header.map { [$0] } ?? [],
            body: facts.bodyVariables.map { variable in
                .init(name: facts.isNamed ? variable : nil, value: .text(value("body.\(variable)")))
            },
            buttons: facts.buttonSlots.map { slot in
                let text = value("button.\(slot.index)")
                return .init(
                    subType: slot.subType, index: slot.index,
                    parameters: [.init(value: slot.subType == "copy_code" ? .couponCode(text) : .text(text))])
            })
    }

    /// Which fields are wrong, and why; empty when the template can be sent.
    /// - Parameter problem: what WhatsApp would refuse.
    func errors(_ problem: (MessageContent) -> PuenteError?) -> [String: LocalizedText] {
        var errors: [String: LocalizedText] = [:]
        for name in template.facts.fieldNames {
            if name == "header", file != nil { continue }
            if value(name).allSatisfy(\.isWhitespace) {
                let isFile = name == "header" && template.facts.header?.mediaKind != nil
                errors[name] = isFile ? Self.noFile : Self.missing
            } else if name == "header", header == nil {
                errors[name] = Self.noPlace
            } else if let problem = problem(.template(content(of: name))) {
                errors[name] = problem.message
            }
        }
        return errors
    }

    /// The template with one field alone, so that a problem has a place.
    private func content(of name: String) -> TemplateContent {
        var content = content
        if name != "header" { content.header = [] }
        content.body = zip(template.facts.bodyVariables, content.body).filter { "body.\($0.0)" == name }.map(\.1)
        content.buttons = content.buttons.filter { "button.\($0.index)" == name }
        return content
    }

    private var header: TemplateContent.Parameter? {
        let text = value("header")
        switch template.facts.header {
        case .text: return .init(name: headerName, value: .text(text))
        case .image: return .init(value: .media(file ?? MediaContent(kind: .image, link: text)))
        case .video: return .init(value: .media(file ?? MediaContent(kind: .video, link: text)))
        case .document: return .init(value: .media(file ?? MediaContent(kind: .document, link: text)))
        case .location: return Self.place(text).map { .init(value: .location($0)) }
        case nil: return nil
        }
    }

    /// Named templates name the heading's variable as well.
    private var headerName: String? {
        template.facts.isNamed ? template.headerText.flatMap { TemplateHeading($0).variable } : nil
    }

    /// `19.4326, -99.1332`
    private static func place(_ text: String) -> LocationContent? {
        let parts = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        guard parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]),
            latitude.isFinite, longitude.isFinite
        else { return nil }
        return LocationContent(latitude: latitude, longitude: longitude)
    }

    private func value(_ name: String) -> String { values[name] ?? "" }

    private static let missing = LocalizedText(en: "A value is missing here.", es: "Falta un valor aquí.")
    private static let noFile = LocalizedText(
        en: "Choose a file, or write its public address.", es: "Elija un archivo o escriba su dirección pública.")
    private static let noPlace = LocalizedText(
        en: "Write latitude and longitude with a comma between them: 19.4326, -99.1332.",
        es: "Escriba la latitud y la longitud con una coma entre ellas: 19.4326, -99.1332.")
}

extension TemplateFacts {
    /// The keys of the form's fields, in the order in which they are shown.
    var fieldNames: [String] {
        (header == nil ? [] : ["header"]) + bodyVariables.map { "body.\($0)" }
            + buttonSlots.map { "button.\($0.index)" }
    }

    /// What the contact's name fills in by itself: `{{nombre}}`, or the first value after a greeting.
    func suggestions(name: String?) -> [String: String] {
        guard let name, let variable = bodyVariables.first(where: asksForName) else { return [:] }
        return ["body.\(variable)": name]
    }

    private func asksForName(_ variable: String) -> Bool {
        if isNamed { return ["name", "nombre", "first_name", "customer_name", "nome"].contains(variable.lowercased()) }
        guard variable == "1", let mark = bodyText.firstRange(of: "{{1}}") else { return false }
        let before = bodyText[..<mark.lowerBound].lowercased().filter { $0.isLetter || $0 == " " }
        let words = before.split(separator: " ")
        return words.count == 1 && ["hola", "hi", "hello", "olá", "dear", "estimado", "estimada"].contains(words[0])
    }
}
