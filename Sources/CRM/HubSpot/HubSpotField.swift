/// The properties that we create on HubSpot's contacts: those that are filled, and no others.
///
/// Only `puente_id` is unique: it is the upsert key. The others are not, since a number or a user id may for a while
/// stand on two records, uniqueness can never be switched off again, and an object has ten unique properties at most.
enum HubSpotField: String, CaseIterable {
    case puenteID = "puente_id"
    case whatsAppID = "whatsapp_id"
    case userID = "whatsapp_user_id"
    case profileName = "whatsapp_profile_name"
    case username = "whatsapp_username"
    case optIn = "whatsapp_opt_in"
    case optInAt = "whatsapp_opt_in_at"
    case optInSource = "whatsapp_opt_in_source"
    case lastInboundAt = "whatsapp_last_inbound_at"
    case lastOutboundAt = "whatsapp_last_outbound_at"
    case windowEndsAt = "whatsapp_window_expires_at"
    case labels = "whatsapp_labels"
    case page = "whatsapp_conversation_url"

    /// Filled by the mapping alone: where the plan has no room for it, the rest works without.
    var isOffer: Bool {
        switch self {
        case .puenteID, .whatsAppID, .userID, .profileName: false
        case .username, .optIn, .optInAt, .optInSource, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .labels, .page:
            true
        }
    }

    var definition: HubSpotPropertyDefinition {
        switch self {
        case .puenteID: .text(self, "Puente ID", "Identifier of the contact in Puente", isUnique: true)
        case .whatsAppID: .text(self, "WhatsApp ID", "Identifier of the person on WhatsApp")
        case .userID: .text(self, "WhatsApp user ID", "Business-scoped identifier of a person known without a number")
        case .profileName: .text(self, "WhatsApp profile name", "Name chosen by the customer on WhatsApp")
        case .username: .text(self, "WhatsApp username", "Username of the customer on WhatsApp")
        case .optIn: .choice(self, "WhatsApp opt-in", "Whether promotions may be sent by WhatsApp", SyncedOptIn.options)
        case .optInAt: .moment(self, "WhatsApp opt-in at", "When the customer allowed or forbade promotions")
        case .optInSource: .text(self, "WhatsApp opt-in source", "How the customer allowed or forbade promotions")
        case .lastInboundAt: .moment(self, "WhatsApp last inbound at", "When the customer last wrote")
        case .lastOutboundAt: .moment(self, "WhatsApp last outbound at", "When the customer was last written to")
        case .windowEndsAt: .moment(self, "WhatsApp window expires at", "Until when free-form messages may be sent")
        case .labels: .text(self, "WhatsApp labels", "Labels in Puente, separated by semicolons")
        case .page: .text(self, "WhatsApp conversation", "Address of the contact in Puente")
        }
    }
}

/// Source: HubSpot, "Properties".
struct HubSpotPropertyDefinition: Encodable, Equatable {
    struct Option: Encodable, Equatable {
        let label: String
        let value: String
        let displayOrder: Int
        let hidden: Bool
    }

    let name: String
    let label: String
    let type: String
    let fieldType: String
    let groupName: String
    let description: String
    let hasUniqueValue: Bool
    let formField: Bool
    var options: [Option]?

    private init(
        _ field: HubSpotField, _ label: String, _ description: String, type: String, fieldType: String,
        isUnique: Bool = false, options: [Option]? = nil
    ) {
        name = field.rawValue
        self.label = label
        self.type = type
        self.fieldType = fieldType
        groupName = "contactinformation"
        self.description = description
        hasUniqueValue = isUnique
        formField = false
        self.options = options
    }

    static func text(_ field: HubSpotField, _ label: String, _ description: String, isUnique: Bool = false) -> Self {
        Self(field, label, description, type: "string", fieldType: "text", isUnique: isUnique)
    }

    static func moment(_ field: HubSpotField, _ label: String, _ description: String) -> Self {
        Self(field, label, description, type: "datetime", fieldType: "date")
    }

    static func choice(
        _ field: HubSpotField, _ label: String, _ description: String, _ options: [(value: String, label: String)]
    ) -> Self {
        Self(
            field, label, description, type: "enumeration", fieldType: "select",
            options: options.enumerated().map { index, option in
                Option(label: option.label, value: option.value, displayOrder: index, hidden: false)
            })
    }
}
