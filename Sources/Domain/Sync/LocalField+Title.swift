extension LocalField {
    /// What people call it; nil for a field that the company made, which has a name of its own.
    package var title: LocalizedText? {
        switch self {
        case .name: LocalizedText(en: "Name", es: "Nombre completo")
        case .firstName: LocalizedText(en: "First name", es: "Nombre")
        case .lastName: LocalizedText(en: "Last name", es: "Apellidos")
        case .profileName: LocalizedText(en: "Name on WhatsApp", es: "Nombre en WhatsApp")
        case .phone: LocalizedText(en: "Phone number", es: "Teléfono")
        case .whatsAppID: LocalizedText(en: "WhatsApp ID", es: "ID de WhatsApp")
        case .userID: LocalizedText(en: "WhatsApp user ID", es: "ID de usuario de WhatsApp")
        case .username: LocalizedText(en: "WhatsApp username", es: "Usuario de WhatsApp")
        case .email: LocalizedText(en: "E-mail", es: "Correo electrónico")
        case .language: LocalizedText(en: "Language", es: "Idioma")
        case .note: LocalizedText(en: "Note", es: "Nota")
        case .labels: LocalizedText(en: "Labels", es: "Etiquetas")
        case .marketingConsent: LocalizedText(en: "Consent to marketing", es: "Consentimiento de publicidad")
        case .marketingConsentAt: LocalizedText(en: "Consent since", es: "Consentimiento desde")
        case .marketingConsentSource: LocalizedText(en: "Where consent was said", es: "Origen del consentimiento")
        case .lastInboundAt: LocalizedText(en: "Last message from them", es: "Último mensaje recibido")
        case .lastOutboundAt: LocalizedText(en: "Last message to them", es: "Último mensaje enviado")
        case .windowEndsAt: LocalizedText(en: "Free messages until", es: "Mensajes libres hasta")
        case .page: LocalizedText(en: "Page in Puente", es: "Página en Puente")
        case .createdAt: LocalizedText(en: "Known since", es: "Conocido desde")
        case .wellKnown(let field): field.title
        case .custom: nil
        }
    }

    /// Those by which somebody is reached and found, and no more.
    package var isBasic: Bool {
        switch self {
        case .name, .firstName, .lastName, .profileName, .phone, .whatsAppID, .userID, .username, .labels: true
        case .email, .language, .note, .marketingConsent, .marketingConsentAt, .marketingConsentSource, .lastInboundAt,
            .lastOutboundAt, .windowEndsAt, .page, .createdAt, .wellKnown, .custom:
            false
        }
    }
}

extension LocalField {
    /// Whether a message may tell the person so: what they know of themselves. What staff note of them is never told, whoever
    /// writes the value of a template: customers' words come to stand in some.
    package var mayBeTold: Bool {
        switch self {
        case .name, .firstName, .lastName, .profileName, .phone, .username, .email, .language, .custom: true
        case .wellKnown(let field):
            switch field {
            case .company, .jobTitle, .city, .country, .timeZone, .birthday: true
            case .owner, .lifecycle, .leadSource: false
            }
        case .whatsAppID, .userID, .note, .labels, .marketingConsent, .marketingConsentAt, .marketingConsentSource,
            .lastInboundAt, .lastOutboundAt, .windowEndsAt, .page, .createdAt:
            false
        }
    }
}

extension FieldMapping {
    /// Where names, numbers and labels alone are kept alike, nearly a quarter of what companies know of people is not.
    package var isBasicOnly: Bool {
        let mapped = rows.filter(\.isOn).map(\.local)
        return !mapped.isEmpty && mapped.allSatisfy(\.isBasic)
    }
}
