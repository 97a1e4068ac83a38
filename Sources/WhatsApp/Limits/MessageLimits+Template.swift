import Domain

extension MessageLimits {
    static func problem(in template: TemplateContent) -> PuenteError? {
        TextLimit.templateName.problem(in: template.name)
            ?? nameProblem(in: template)
            ?? template.header.lazy.compactMap { problem(in: $0.value, text: .templateHeader) }.first
            ?? template.body.lazy.compactMap { problem(in: $0.value, text: .templateValue) }.first
            ?? template.buttons.lazy.compactMap(problem(in:)).first
    }

    private static func nameProblem(in template: TemplateContent) -> PuenteError? {
        let isName = template.name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard isName, !template.language.isEmpty else {
            return PuenteError(
                .invalid, detail: "template_name",
                en: "A template is named by small letters, digits and underscores, and by its language.",
                es: "Una plantilla se nombra con minúsculas, cifras y guiones bajos, y con su idioma.")
        }
        return nil
    }

    private static func problem(in button: TemplateContent.ButtonParameter) -> PuenteError? {
        guard (0...9).contains(button.index) else {
            return PuenteError(
                .invalid, detail: "button_index", en: "A template has at most ten buttons, counted from 0 to 9.",
                es: "Una plantilla tiene como máximo diez botones, contados del 0 al 9.")
        }
        return button.parameters.lazy.compactMap { problem(in: $0.value, text: .templateValue) }.first
    }

    private static func problem(in value: TemplateContent.Parameter.Value, text limit: TextLimit) -> PuenteError? {
        switch value {
        case .text(let text): limit.problem(in: text) ?? shapeProblem(in: text)
        case .currency(let fallback, _, _): limit.problem(in: fallback)
        case .dateTime(let fallback): limit.problem(in: fallback)
        case .media(let media): problem(in: media)
        case .location(let location): problem(in: .location(location))
        case .payload(let text): TextLimit.templatePayload.problem(in: text)
        case .couponCode(let text): TextLimit.couponCode.problem(in: text)
        }
    }

    /// Meta refuses these with 132018: they would let a value break out of the approved layout.
    private static func shapeProblem(in text: String) -> PuenteError? {
        guard text.contains(where: { $0.isNewline || $0 == "\t" }) || text.contains("     ") else { return nil }
        return PuenteError(
            .invalid, detail: "value_shape",
            en: "A variable's value holds no line breaks or tabs and at most four spaces in a row.",
            es: "El valor de una variable no lleva saltos de línea ni tabulaciones, y hasta cuatro espacios seguidos.")
    }
}
