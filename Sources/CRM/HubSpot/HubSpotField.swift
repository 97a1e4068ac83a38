/// The properties that we create on HubSpot's contacts.
///
/// Only `puente_id` is unique: it is the upsert key. The others are not, since a number or a user id may for a while
/// stand on two records, uniqueness can never be switched off again, and an object has ten unique properties at most.
enum HubSpotField: String, CaseIterable {
    case puenteID = "puente_id"
    case whatsAppID = "whatsapp_id"
    case userID = "whatsapp_user_id"
    case profileName = "whatsapp_profile_name"
    case optIn = "whatsapp_opt_in"
    case optInAt = "whatsapp_opt_in_at"
    case optInSource = "whatsapp_opt_in_source"
    case lastInboundAt = "whatsapp_last_inbound_at"
    case lastOutboundAt = "whatsapp_last_outbound_at"
    case windowExpiresAt = "whatsapp_window_expires_at"
    case conversationURL = "whatsapp_conversation_url"

    var definition: HubSpotPropertyDefinition {
        switch self {
        case .puenteID: .text(self, "Puente ID", "Identifier of the contact in Puente", isUnique: true)
        case .whatsAppID: .text(self, "WhatsApp ID", "Identifier of the person on WhatsApp")
        case .userID: .text(self, "WhatsApp user ID", "Business-scoped identifier of a person known without a number")
        case .profileName: .text(self, "WhatsApp profile name", "Name chosen by the customer on WhatsApp")
        case .optIn: .choice(self, "WhatsApp opt-in", "Consent to receive messages on WhatsApp")
        case .optInAt: .moment(self, "WhatsApp opt-in date", "When the consent was given or withdrawn")
        case .optInSource: .text(self, "WhatsApp opt-in source", "Where the consent was given or withdrawn")
        case .lastInboundAt: .moment(self, "Last WhatsApp message received", "When the customer last wrote")
        case .lastOutboundAt: .moment(self, "Last WhatsApp message sent", "When the company last wrote")
        case .windowExpiresAt: .moment(self, "WhatsApp window ends", "Until when the company may answer freely")
        case .conversationURL: .text(self, "WhatsApp conversation", "Address of the conversation in Puente")
        }
    }
}

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
    let options: [Option]?

    static func text(_ field: HubSpotField, _ label: String, _ description: String, isUnique: Bool = false) -> Self {
        make(field, label, description, type: "string", fieldType: "text", isUnique: isUnique)
    }

    static func moment(_ field: HubSpotField, _ label: String, _ description: String) -> Self {
        make(field, label, description, type: "datetime", fieldType: "date")
    }

    static func choice(_ field: HubSpotField, _ label: String, _ description: String) -> Self {
        let options = [
            Option(label: "Unknown", value: ContactUpsert.OptIn.unknown.rawValue, displayOrder: 0, hidden: false),
            Option(label: "Opted in", value: ContactUpsert.OptIn.optedIn.rawValue, displayOrder: 1, hidden: false),
            Option(label: "Opted out", value: ContactUpsert.OptIn.optedOut.rawValue, displayOrder: 2, hidden: false),
        ]
        return make(field, label, description, type: "enumeration", fieldType: "select", options: options)
    }

    private static func make(
        _ field: HubSpotField, _ label: String, _ description: String, type: String, fieldType: String,
        isUnique: Bool = false, options: [Option]? = nil
    ) -> Self {
        Self(
            name: field.rawValue, label: label, type: type, fieldType: fieldType, groupName: "contactinformation",
            description: description, hasUniqueValue: isUnique, formField: false, options: options)
    }
}
