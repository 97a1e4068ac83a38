import Domain

/// The fields of contacts that the contract with a company's own system names, in the words of its events.
enum OwnField {
    static let all: [RemoteField] = texts + kinds + told

    private static let texts = [
        ("first_name", "First name"), ("last_name", "Last name"), ("note", "Note"), ("company", "Company"),
        ("job_title", "Job title"), ("city", "City"), ("country", "Country"), ("time_zone", "Time zone"),
        ("lifecycle", "Lifecycle stage"), ("lead_source", "Lead source"),
    ].map { RemoteField(name: $0.0, label: $0.1, shape: .text) }

    private static let kinds = [
        RemoteField(name: "email", label: "E-mail", shape: .email),
        RemoteField(name: "phone", label: "Phone", shape: .phone),
        RemoteField(name: "language", label: "Language", shape: .language),
        RemoteField(name: "labels", label: "Labels", shape: .set),
        RemoteField(name: "birthday", label: "Birthday", shape: .date),
        RemoteField(name: "owner", label: "Owner (e-mail)", shape: .user),
        RemoteField(name: "marketing_consent", label: "Consent to promotions", shape: .consent),
    ]

    /// What Puente alone knows.
    private static let told = [
        RemoteField(name: "wa_id", label: "WhatsApp ID", shape: .phone),
        RemoteField(name: "user_id", label: "WhatsApp user ID", shape: .text),
        RemoteField(name: "username", label: "WhatsApp username", shape: .text),
        RemoteField(name: "profile_name", label: "WhatsApp profile name", shape: .text),
        RemoteField(name: "marketing_consent_at", label: "Consent changed at", shape: .moment),
        RemoteField(name: "marketing_consent_source", label: "Source of the consent", shape: .text),
        RemoteField(name: "last_inbound_at", label: "Last inbound at", shape: .moment),
        RemoteField(name: "last_outbound_at", label: "Last outbound at", shape: .moment),
        RemoteField(name: "window_ends_at", label: "Window ends at", shape: .moment),
        RemoteField(name: "page", label: "Page in Puente", shape: .url),
        RemoteField(name: "created_at", label: "Created at", shape: .moment),
    ]
}
