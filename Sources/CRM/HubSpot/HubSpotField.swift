/// The properties that we create on HubSpot's contacts: those that are filled, and no others.
///
/// Only `puente_id` is unique: it is the upsert key. The others are not, since a number or a user id may for a while
/// stand on two records, uniqueness can never be switched off again, and an object has ten unique properties at most.
enum HubSpotField: String, CaseIterable {
    case puenteID = "puente_id"
    case whatsAppID = "whatsapp_id"
    case userID = "whatsapp_user_id"
    case profileName = "whatsapp_profile_name"

    var definition: HubSpotPropertyDefinition {
        switch self {
        case .puenteID: .text(self, "Puente ID", "Identifier of the contact in Puente", isUnique: true)
        case .whatsAppID: .text(self, "WhatsApp ID", "Identifier of the person on WhatsApp")
        case .userID: .text(self, "WhatsApp user ID", "Business-scoped identifier of a person known without a number")
        case .profileName: .text(self, "WhatsApp profile name", "Name chosen by the customer on WhatsApp")
        }
    }
}

struct HubSpotPropertyDefinition: Encodable, Equatable {
    let name: String
    let label: String
    let type: String
    let fieldType: String
    let groupName: String
    let description: String
    let hasUniqueValue: Bool
    let formField: Bool

    static func text(_ field: HubSpotField, _ label: String, _ description: String, isUnique: Bool = false) -> Self {
        Self(
            name: field.rawValue, label: label, type: "string", fieldType: "text", groupName: "contactinformation",
            description: description, hasUniqueValue: isUnique, formField: false)
    }
}
