/// Seven approved templates, each in Spanish and English, that between them use every feature a sender must know:
/// positional and named variables, text, image and document headers, links, quick replies, one-time codes. All but the
/// codes, whose text is WhatsApp's, name the company in their footer.
enum SampleTemplates {
    static let all: [TemplateCreationCheck.Draft] = [
        draft("pedido_en_camino", "es", "UTILITY", orderES), draft("pedido_en_camino", "en", "UTILITY", orderEN),
        draft("recordatorio_cita", "es", "UTILITY", visitES, isNamed: true),
        draft("recordatorio_cita", "en", "UTILITY", visitEN, isNamed: true),
        draft("seguimos_en_contacto", "es", "UTILITY", touchES),
        draft("seguimos_en_contacto", "en", "UTILITY", touchEN),
        draft("permiso_ofertas", "es", "UTILITY", permissionES),
        draft("permiso_ofertas", "en", "UTILITY", permissionEN),
        draft("oferta_temporada", "es", "MARKETING", offerES), draft("oferta_temporada", "en", "MARKETING", offerEN),
        draft("factura_disponible", "es", "UTILITY", invoiceES),
        draft("factura_disponible", "en", "UTILITY", invoiceEN),
        draft("codigo_verificacion", "es", "AUTHENTICATION", code("Copiar código")),
        draft("codigo_verificacion", "en", "AUTHENTICATION", code("Copy code")),
    ]

    private static func draft(
        _ name: String, _ language: String, _ category: String, _ components: JSON, isNamed: Bool = false
    ) -> TemplateCreationCheck.Draft {
        TemplateCreationCheck.Draft(
            name: name, language: language, category: category, parameterFormat: isNamed ? "NAMED" : "POSITIONAL",
            components: components, rejection: nil)
    }

    /// The name that the sandbox's number is verified under.
    private static let footer: JSON = ["type": "FOOTER", "text": "Ejemplo S.A."]

    private static let orderES: JSON = [
        ["type": "HEADER", "format": "TEXT", "text": "Tu pedido va en camino"],
        [
            "type": "BODY",
            "text": "Hola {{1}}, tu pedido {{2}} salió de nuestro almacén y llegará el {{3}}. Gracias por tu compra.",
            "example": ["body_text": [["Ana", "A-1042", "martes 12"]]],
        ],
        footer,
        [
            "type": "BUTTONS",
            "buttons": [
                [
                    "type": "URL", "text": "Seguir el envío", "url": "https://ejemplo.example/envios/{{1}}",
                    "example": ["https://ejemplo.example/envios/A-1042"],
                ]
            ],
        ],
    ]

    private static let orderEN: JSON = [
        ["type": "HEADER", "format": "TEXT", "text": "Your order is on its way"],
        [
            "type": "BODY",
            "text": "Hi {{1}}, your order {{2}} has left our warehouse and will arrive on {{3}}. Thank you for buying.",
            "example": ["body_text": [["Ana", "A-1042", "Tuesday 12"]]],
        ],
        footer,
        [
            "type": "BUTTONS",
            "buttons": [
                [
                    "type": "URL", "text": "Track it", "url": "https://ejemplo.example/shipments/{{1}}",
                    "example": ["https://ejemplo.example/shipments/A-1042"],
                ]
            ],
        ],
    ]

    private static func visit(_ header: String, _ body: String, _ yes: String, _ no: String) -> JSON {
        [
            [
                "type": "HEADER", "format": "TEXT", "text": JSON(header),
                "example": ["header_text_named_params": [["param_name": "place", "example": "Centro"]]],
            ],
            [
                "type": "BODY", "text": JSON(body),
                "example": [
                    "body_text_named_params": [
                        ["param_name": "first_name", "example": "Ana"], ["param_name": "day", "example": "12/03"],
                        ["param_name": "hour", "example": "10:30"],
                    ]
                ],
            ],
            footer,
            [
                "type": "BUTTONS",
                "buttons": [
                    ["type": "QUICK_REPLY", "text": JSON(yes)], ["type": "QUICK_REPLY", "text": JSON(no)],
                ],
            ],
        ]
    }

    private static let visitES = visit(
        "Tu cita en {{place}}", "Hola {{first_name}}, te esperamos el {{day}} a las {{hour}}. ¿Nos confirmas?",
        "Confirmo", "Cambiar la cita")
    private static let visitEN = visit(
        "Your visit at {{place}}", "Hi {{first_name}}, we expect you on {{day}} at {{hour}}. Will you be there?",
        "I will", "Change the date")

    private static func touch(_ body: String, _ yes: String, _ no: String) -> JSON {
        [
            ["type": "BODY", "text": JSON(body)], footer,
            [
                "type": "BUTTONS",
                "buttons": [
                    ["type": "QUICK_REPLY", "text": JSON(yes)], ["type": "QUICK_REPLY", "text": JSON(no)],
                ],
            ],
        ]
    }

    private static let touchES = touch(
        "Seguimos pendientes de tu consulta. ¿Quieres que continuemos por aquí?", "Sí, continuemos", "Ya no, gracias")
    private static let touchEN = touch(
        "We are still looking into your question. Shall we go on here?", "Yes, please", "No, thank you")

    private static let permissionES = touch(
        "¿Quieres recibir nuestras ofertas y novedades por WhatsApp? Puedes dejarlo cuando quieras escribiendo BAJA.",
        "Sí, quiero", "No, gracias")
    private static let permissionEN = touch(
        "Would you like to get our offers and news on WhatsApp? You can end this at any time by writing STOP.",
        "Yes, please", "No, thank you")

    private static func offer(_ body: String, _ link: String, _ stop: String) -> JSON {
        [
            ["type": "HEADER", "format": "IMAGE", "example": ["header_handle": ["4::aW1hZ2UvcG5n:example"]]],
            ["type": "BODY", "text": JSON(body), "example": ["body_text": [["Ana", "20 %"]]]],
            footer,
            [
                "type": "BUTTONS",
                "buttons": [
                    ["type": "URL", "text": JSON(link), "url": "https://ejemplo.example/ofertas"],
                    ["type": "QUICK_REPLY", "text": JSON(stop)],
                ],
            ],
        ]
    }

    private static let offerES = offer(
        "Hola {{1}}, esta semana tienes {{2}} de descuento en toda la tienda. ¡Te esperamos!", "Ver ofertas",
        "No más promociones")
    private static let offerEN = offer(
        "Hi {{1}}, this week you get {{2}} off everything in our shop. See you soon!", "See offers", "Stop promotions")

    private static func invoice(_ body: String) -> JSON {
        [
            [
                "type": "HEADER", "format": "DOCUMENT",
                "example": ["header_handle": ["4::YXBwbGljYXRpb24vcGRm:example"]],
            ],
            ["type": "BODY", "text": JSON(body), "example": ["body_text": [["F-2031", "84,90 €"]]]],
            footer,
        ]
    }

    private static let invoiceES = invoice(
        "Adjuntamos tu factura {{1}} por un total de {{2}}. Gracias por tu confianza.")
    private static let invoiceEN = invoice(
        "Please find your invoice {{1}} attached, {{2}} in all. Thank you very much.")

    private static func code(_ copy: String) -> JSON {
        [
            ["type": "BODY", "text": "*{{1}}*", "add_security_recommendation": true],
            ["type": "FOOTER", "code_expiration_minutes": 10],
            ["type": "BUTTONS", "buttons": [["type": "OTP", "otp_type": "COPY_CODE", "text": JSON(copy)]]],
        ]
    }
}
