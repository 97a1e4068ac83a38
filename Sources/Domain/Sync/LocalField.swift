/// What Puente can say of a contact, and a mapping can name.
package enum LocalField: Hashable, Sendable {
    case name
    /// Parts of ``name``: the first word, and all that follow.
    case firstName, lastName
    /// As the customer calls themself on WhatsApp.
    case profileName
    /// The number that is written to, E.164.
    case phone
    /// The digits by which WhatsApp knows the customer.
    case whatsAppID
    /// The business-scoped user id.
    case userID
    case username
    case email
    /// BCP 47.
    case language
    case note
    /// The names of the contact's labels.
    case labels
    /// ``SyncConsent``.
    case marketingConsent
    case marketingConsentAt, marketingConsentSource
    case lastInboundAt, lastOutboundAt
    /// Until when free-form messages may be sent.
    case windowEndsAt
    /// The contact's page in the console.
    case page
    case createdAt
    /// A field that the company made.
    case custom(FieldID)

    /// Whether a CRM may say otherwise. What WhatsApp and Puente know for certain is told and never taken.
    package var canBeTaken: Bool {
        switch self {
        case .name, .firstName, .lastName, .phone, .email, .language, .note, .labels, .marketingConsent, .custom: true
        case .profileName, .whatsAppID, .userID, .username, .marketingConsentAt, .marketingConsentSource,
            .lastInboundAt,
            .lastOutboundAt, .windowEndsAt, .page, .createdAt:
            false
        }
    }

    /// Changes with every message: told at most once in five minutes.
    package var isRestless: Bool {
        switch self {
        case .lastInboundAt, .lastOutboundAt, .windowEndsAt: true
        default: false
        }
    }
}

extension LocalField: RawRepresentable {
    private static let plain: [(field: LocalField, word: String)] = [
        (.name, "name"), (.firstName, "first_name"), (.lastName, "last_name"), (.profileName, "profile_name"),
        (.phone, "phone"), (.whatsAppID, "whatsapp_id"), (.userID, "user_id"), (.username, "username"),
        (.email, "email"), (.language, "language"), (.note, "note"), (.labels, "labels"),
        (.marketingConsent, "marketing_consent"), (.marketingConsentAt, "marketing_consent_at"),
        (.marketingConsentSource, "marketing_consent_source"), (.lastInboundAt, "last_inbound_at"),
        (.lastOutboundAt, "last_outbound_at"), (.windowEndsAt, "window_ends_at"), (.page, "page"),
        (.createdAt, "created_at"),
    ]

    /// Those that every company has.
    package static let common = plain.map(\.field)

    /// `first_name`; `field:` and the field's id for a company's own.
    package init?(rawValue: String) {
        if let known = Self.plain.first(where: { $0.word == rawValue }) {
            self = known.field
        } else if rawValue.hasPrefix("field:"), let id = FieldID(String(rawValue.dropFirst("field:".count))) {
            self = .custom(id)
        } else {
            return nil
        }
    }

    package var rawValue: String {
        if case .custom(let id) = self { return "field:\(id)" }
        return Self.plain.first { $0.field == self }?.word ?? ""
    }
}

extension LocalField: Codable {}

/// What a CRM's opt-in field and Puente's ledger tell each other.
package enum SyncConsent: String, Codable, CaseIterable, Sendable {
    case granted, withdrawn
}
