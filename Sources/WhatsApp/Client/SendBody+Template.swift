import Domain

extension SendBody {
    /// `template{name, language{code, policy}, components[]}`; components only for what has values.
    static func object(of template: TemplateContent) -> JSON {
        var components: [JSON] = []
        if !template.header.isEmpty { components.append(component("header", template.header)) }
        if !template.body.isEmpty { components.append(component("body", template.body)) }
        components += template.buttons.map(component(for:))
        return .object([
            "name": .string(template.name),
            "language": ["code": .string(template.language), "policy": "deterministic"],
            "components": components.isEmpty ? nil : .array(components),
        ])
    }

    private static func component(_ type: String, _ parameters: [TemplateContent.Parameter]) -> JSON {
        ["type": .string(type), "parameters": .array(parameters.map(parameter))]
    }

    private static func component(for button: TemplateContent.ButtonParameter) -> JSON {
        [
            "type": "button", "sub_type": .string(button.subType), "index": .string("\(button.index)"),
            "parameters": .array(button.parameters.map(parameter)),
        ]
    }

    private static func parameter(_ parameter: TemplateContent.Parameter) -> JSON {
        let (type, value) = value(of: parameter.value)
        return .object([
            "type": .string(type), "parameter_name": parameter.name.map { .string($0) }, type: value,
        ])
    }

    /// The type of a parameter, which is also the key of its value.
    private static func value(of value: TemplateContent.Parameter.Value) -> (type: String, json: JSON) {
        switch value {
        case .text(let text): ("text", .string(text))
        case .currency(let fallback, let code, let amount1000):
            (
                "currency",
                [
                    "fallback_value": .string(fallback), "code": .string(code), "amount_1000": .number(amount1000),
                ]
            )
        case .dateTime(let fallback): ("date_time", ["fallback_value": .string(fallback)])
        case .media(let media): (media.kind.rawValue, object(of: media.withoutCaption))
        case .location(let location): ("location", object(of: location))
        case .payload(let text): ("payload", .string(text))
        case .couponCode(let text): ("coupon_code", .string(text))
        }
    }
}
