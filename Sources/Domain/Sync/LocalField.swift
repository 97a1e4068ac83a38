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
    /// A field of the company's own that every CRM has, and that each company gets under the same key.
    case wellKnown(WellKnownField)
    /// A field that the company made.
    case custom(FieldID)

    /// Whether a CRM may say otherwise. What WhatsApp and Puente know for certain is told and never taken.
    package var canBeTaken: Bool {
        switch self {
        case .name, .firstName, .lastName, .phone, .email, .language, .note, .labels, .marketingConsent, .wellKnown,
            .custom:
            true
        case .profileName, .whatsAppID, .userID, .username, .marketingConsentAt, .marketingConsentSource,
            .lastInboundAt,
            .lastOutboundAt, .windowEndsAt, .page, .createdAt:
            false
        }
    }

    /// Changes with every message: told at most once in five minutes.
    package var isRestless: Bool { Self.restless.contains(self) }

    package static let restless: [LocalField] = [.lastInboundAt, .lastOutboundAt, .windowEndsAt]
}

extension LocalField: RawRepresentable {
    /// Those that every company has.
    package static let common: [LocalField] = [
        .name, .firstName, .lastName, .profileName, .phone, .whatsAppID, .userID, .username, .email, .language, .note,
        .labels, .marketingConsent, .marketingConsentAt, .marketingConsentSource, .lastInboundAt, .lastOutboundAt,
        .windowEndsAt, .page, .createdAt,
    ]

    /// `first_name`; `known:` and the key of a well-known one; `field:` and the field's id for a company's own.
    package init?(rawValue: String) {
        if let common = Self.common.first(where: { $0.rawValue == rawValue }) {
            self = common
        } else if rawValue.hasPrefix("known:"), let known = WellKnownField(rawValue: String(rawValue.dropFirst(6))) {
            self = .wellKnown(known)
        } else if rawValue.hasPrefix("field:"), let id = FieldID(String(rawValue.dropFirst("field:".count))) {
            self = .custom(id)
        } else {
            return nil
        }
    }

    package var rawValue: String {
        switch self {
        case .name: "name"
        case .firstName: "first_name"
        case .lastName: "last_name"
        case .profileName: "profile_name"
        case .phone: "phone"
        case .whatsAppID: "whatsapp_id"
        case .userID: "user_id"
        case .username: "username"
        case .email: "email"
        case .language: "language"
        case .note: "note"
        case .labels: "labels"
        case .marketingConsent: "marketing_consent"
        case .marketingConsentAt: "marketing_consent_at"
        case .marketingConsentSource: "marketing_consent_source"
        case .lastInboundAt: "last_inbound_at"
        case .lastOutboundAt: "last_outbound_at"
        case .windowEndsAt: "window_ends_at"
        case .page: "page"
        case .createdAt: "created_at"
        case .wellKnown(let field): "known:\(field.rawValue)"
        case .custom(let id): "field:\(id)"
        }
    }
}

extension LocalField: Codable {}

/// What a CRM's opt-in field and Puente's ledger tell each other.
package enum SyncConsent: String, Codable, CaseIterable, Sendable {
    case granted, withdrawn
}
