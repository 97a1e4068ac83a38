import Foundation

/// Holds a template message to the template it names: right count, right names, right kinds.
/// Source: Cloud API, "Template messages" and "Error codes" (132000, 132012, 132018), Graph API v25.0.
struct TemplateMessageCheck {
    private let shape: TemplateShape
    private let components: [JSON]

    static func check(_ content: JSON, against template: Template) throws(GraphError) {
        switch template.status {
        case .approved: break
        case .paused: throw .messaging(132_015, "Template is paused due to low quality.")
        case .disabled: throw .messaging(132_016, "Template has been disabled.")
        case .pending, .rejected:
            throw .messaging(
                132_001, "template name (\(template.name)) is not approved in \(template.language)")
        }
        let check = TemplateMessageCheck(
            shape: TemplateShape(template), components: content["components"]?.items ?? [])
        try check.header()
        try check.body()
        try check.buttons()
    }

    private func parameters(of type: String) -> [JSON] {
        components.first { $0["type"]?.text?.lowercased() == type }?["parameters"]?.items ?? []
    }

    private func header() throws(GraphError) {
        let given = parameters(of: "header")
        switch shape.header {
        case .none:
            if !given.isEmpty { throw Self.count("header", given.count, 0) }
        case .text(let variables):
            try texts(given, variables, "header")
        case .media(let kind):
            guard let parameter = given.first, given.count == 1 else {
                throw .messaging(
                    132_012, "header: Format mismatch, expected \(kind.uppercased()), received UNKNOWN")
            }
            let type = parameter["type"]?.text ?? ""
            guard type == kind, let media = parameter[kind] else {
                throw .messaging(
                    132_012, "header: Format mismatch, expected \(kind.uppercased()), received \(type.uppercased())")
            }
            try OutgoingCheck.checkMedia(Field(json: media, path: "header['\(kind)']"), hasCaption: false)
        case .location:
            guard given.first?["type"]?.text == "location", given.first?["location"] != nil else {
                throw .messaging(132_012, "header: Format mismatch, expected LOCATION")
            }
        }
    }

    private func body() throws(GraphError) {
        try texts(parameters(of: "body"), shape.bodyVariables, "body")
    }

    private func buttons() throws(GraphError) {
        for (index, button) in shape.buttons.enumerated() where button.needsParameter {
            let component = components.first {
                $0["type"]?.text?.lowercased() == "button" && $0["index"]?.wholeNumber == Int64(index)
            }
            guard let parameter = component?["parameters"]?.items?.first else {
                throw .messaging(
                    131_008, "buttons: Button at index \(index) of type \(button.type.capitalized) requires a parameter"
                )
            }
            let text = parameter["text"]?.text ?? parameter["coupon_code"]?.text ?? ""
            if text.isEmpty { throw .messaging(131_008, "Parameter of type text is missing text value") }
        }
        for component in components where component["type"]?.text?.lowercased() == "button" {
            guard let index = component["index"]?.wholeNumber, shape.buttons.indices.contains(Int(clamping: index))
            else { throw .messaging(132_012, "buttons: the template has no button at this index") }
        }
    }

    private func texts(_ given: [JSON], _ variables: [String], _ place: String) throws(GraphError) {
        guard given.count == variables.count else { throw Self.count(place, given.count, variables.count) }
        if shape.isNamed {
            let names = given.compactMap { $0["parameter_name"]?.text }
            guard Set(names) == Set(variables) else {
                throw .messaging(
                    132_000, "\(place): parameter_name must name each of \(variables.joined(separator: ", ")) once")
            }
        }
        for parameter in given { try value(parameter, place) }
    }

    private func value(_ parameter: JSON, _ place: String) throws(GraphError) {
        let type = parameter["type"]?.text ?? "text"
        switch type {
        case "text":
            guard let text = parameter["text"]?.text, !text.isEmpty else {
                throw .messaging(131_008, "Parameter of type text is missing text value")
            }
            if text.contains(where: { $0 == "\n" || $0 == "\t" || $0 == "\r" }) || text.contains("     ") {
                throw .messaging(
                    132_018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces")
            }
            if text.unicodeScalars.count > 1024 { throw .messaging(132_005, "\(place): Translated text too long") }
        case "currency", "date_time":
            guard parameter[type]?["fallback_value"]?.text != nil else {
                throw .messaging(131_008, "\(place): \(type) is missing fallback_value")
            }
        default:
            throw .messaging(132_012, "\(place): Format mismatch, expected TEXT, received \(type.uppercased())")
        }
    }

    private static func count(_ place: String, _ given: Int, _ expected: Int) -> GraphError {
        .messaging(
            132_000,
            "\(place): number of localizable_params (\(given)) does not match the expected number of params (\(expected))"
        )
    }
}
