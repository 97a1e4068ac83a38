/// What CRMs know of people beside what WhatsApp needs. Kept in fields of the company's own, one for each key, so that a
/// mapping can name it in every workspace.
package enum WellKnownField: String, Codable, CaseIterable, Sendable {
    case company
    case jobTitle = "job_title"
    case city
    case country
    /// As the CRM names it: `Europe/Madrid`, or a word of its own.
    case timeZone = "time_zone"
    /// The e-mail address of the colleague who looks after the contact; the CRM's id of one who has none there.
    case owner
    /// How far the person is on the way to be a customer, in the CRM's word.
    case lifecycle
    case birthday
    case leadSource = "lead_source"

    package var shape: FieldShape {
        switch self {
        case .company, .jobTitle, .city, .country, .timeZone, .lifecycle, .leadSource: .text
        case .birthday: .date
        case .owner: .user
        }
    }

    package var title: LocalizedText {
        switch self {
        case .company: LocalizedText(en: "Company", es: "Empresa")
        case .jobTitle: LocalizedText(en: "Job title", es: "Cargo")
        case .city: LocalizedText(en: "City", es: "Ciudad")
        case .country: LocalizedText(en: "Country", es: "País")
        case .timeZone: LocalizedText(en: "Time zone", es: "Zona horaria")
        case .owner: LocalizedText(en: "Owner in the CRM", es: "Propietario en el CRM")
        case .lifecycle: LocalizedText(en: "Lifecycle stage", es: "Etapa del ciclo de vida")
        case .birthday: LocalizedText(en: "Birthday", es: "Cumpleaños")
        case .leadSource: LocalizedText(en: "Lead source", es: "Origen")
        }
    }
}

extension WellKnownField {
    /// What a company's field is called for whoever looks. One that stands for a well-known field was named once, in the
    /// company's language: each reader sees it in their own, unless people gave it another name.
    package static func title(of key: String, named name: String) -> LocalizedText {
        guard let known = WellKnownField(rawValue: key), known.hasNamed(name) else { return .same(name) }
        return known.title
    }

    private func hasNamed(_ name: String) -> Bool {
        Language.allCases.contains { title[$0] == name }
    }
}
