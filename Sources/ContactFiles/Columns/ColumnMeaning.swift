package import Domain

/// What a column of a file says of the contacts.
package enum ColumnMeaning: String, Codable, CaseIterable, Sendable {
    case name
    case givenName = "given_name"
    case familyName = "family_name"
    case phone
    /// The digits that belong before the phone number, in a column of their own (as WATI exports).
    case callingCode = "calling_code"
    case country
    case email
    case company
    case labels
    case language
    case birthday
    case notes
    /// Whether the person agreed to be written to.
    case consent
    /// Whether the person asked not to be written to.
    case optedOut = "opted_out"
    case externalID = "external_id"
    case whatsAppID = "whatsapp_id"
    /// None of these: kept as a field of the company's own, or left out.
    case other

    /// Whether several columns may mean this; of the others, one does.
    package var mayRepeat: Bool {
        switch self {
        case .phone, .email, .labels, .notes, .other: true
        case .name, .givenName, .familyName, .callingCode, .country, .company, .language, .birthday, .consent,
            .optedOut, .externalID, .whatsAppID:
            false
        }
    }

    package var title: LocalizedText {
        switch self {
        case .name: LocalizedText(en: "Name", es: "Nombre completo")
        case .givenName: LocalizedText(en: "Given name", es: "Nombre")
        case .familyName: LocalizedText(en: "Family name", es: "Apellidos")
        case .phone: LocalizedText(en: "Phone", es: "Teléfono")
        case .callingCode: LocalizedText(en: "Calling code", es: "Prefijo del país")
        case .country: LocalizedText(en: "Country", es: "País")
        case .email: LocalizedText(en: "E-mail", es: "Correo electrónico")
        case .company: LocalizedText(en: "Company", es: "Empresa")
        case .labels: LocalizedText(en: "Labels", es: "Etiquetas")
        case .language: LocalizedText(en: "Language", es: "Idioma")
        case .birthday: LocalizedText(en: "Birthday", es: "Fecha de nacimiento")
        case .notes: LocalizedText(en: "Notes", es: "Notas")
        case .consent: LocalizedText(en: "Consent", es: "Consentimiento")
        case .optedOut: LocalizedText(en: "Opted out", es: "Baja")
        case .externalID: LocalizedText(en: "External ID", es: "Identificador externo")
        case .whatsAppID: LocalizedText(en: "WhatsApp ID", es: "Identificador de WhatsApp")
        case .other: LocalizedText(en: "Other", es: "Otro")
        }
    }
}
