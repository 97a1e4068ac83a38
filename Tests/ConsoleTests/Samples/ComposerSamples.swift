import Domain

@testable import Console

/// The composer in each of its states.
enum ComposerSamples {
    static let choices = [
        choice(
            901, "confirmacion_pedido", "es_MX", "UTILITY",
            "Hola, {{1}}. Su pedido *{{2}}* está confirmado y llega el {{3}}.", ["1", "2", "3"]),
        choice(
            902, "promo_noviembre", "es_MX", "MARKETING", "{{nombre}}, esta semana 20 % en toda la tienda.", ["nombre"]),
        choice(903, "saludo", "es", "UTILITY", "Hola, ¿seguimos en contacto por aquí?", []),
        choice(
            904, "aviso_envio", "es_MX", "UTILITY", "Su guía es {{1}}.", ["1"], status: "PAUSED", reason: "LOW_QUALITY"),
        choice(
            905, "codigo", "es_MX", "AUTHENTICATION", "{{1}} es su código.", ["1"],
            obstacle: LocalizedText(en: "Sent by programs.", es: "La envían los programas.")),
        choice(906, "catalogo", "es_MX", "MARKETING", "Mire lo nuevo.", [], header: .image),
    ]

    static var replying: ComposerFacts {
        ComposerFacts(
            once: "once-2", draft: "Claro que sí",
            reply: QuoteFacts(
                id: id(5009), author: nil, content: .text(TextContent(body: "¿Me lo pueden enviar hoy? Es un regalo 🎁"))
            ))
    }

    static var first: ComposerFacts {
        ComposerFacts(once: "once-7", sender: .added("— Ejemplo S.A."))
    }

    static var refused: ComposerFacts {
        ComposerFacts(once: "once-3", draft: "Hola", error: SendRefusal.numberNotConnected.sentence)
    }

    static var choosing: ComposerFacts {
        ComposerFacts(once: "once-4", templates: TemplatePickerFacts(choices: choices))
    }

    static var filling: ComposerFacts {
        ComposerFacts(
            once: "once-5",
            templates: TemplatePickerFacts(
                choices: choices,
                selected: TemplateDraftFacts(
                    choice: choices[0], values: ["body.2": "4821"], suggestions: ["body.1": "Lucía"],
                    errors: [
                        "body.3": LocalizedText(en: "A value is missing.", es: "Falta un valor.")
                    ])))
    }

    static var fillingFile: ComposerFacts {
        ComposerFacts(
            once: "once-6",
            templates: TemplatePickerFacts(
                choices: choices, selected: TemplateDraftFacts(choice: choices[5])))
    }

    static var preview: TemplatePreview {
        TemplatePreview(TemplateDraftFacts(choice: choices[1], values: ["body.nombre": "<Lucía>"]))
    }

    private static func choice(
        _ number: Int64, _ name: String, _ language: String, _ category: String, _ text: String, _ variables: [String],
        status: String = "APPROVED", reason: String? = nil, obstacle: LocalizedText? = nil,
        header: TemplateFacts.Header? = nil
    ) -> TemplateChoiceFacts {
        TemplateChoiceFacts(
            id: id(number), name: name, language: language,
            facts: TemplateFacts(
                status: status, category: category, header: header, bodyVariables: variables,
                isNamed: variables == ["nombre"], buttonSlots: [], bodyText: text, footerText: "Ejemplo S.A."),
            reason: reason, obstacle: obstacle)
    }
}
