/// The fields that we make on Salesforce's contacts: those that are filled, and no others.
///
/// Only `Puente_Id__c` is unique: it is the upsert key. The others that people are found by are external ids, which
/// Salesforce indexes, but not unique: a number or a user id may for a while stand on two records.
enum SalesforceField: String, CaseIterable {
    case puenteID = "Puente_Id__c"
    case whatsAppID = "WhatsApp_Id__c"
    case userID = "WhatsApp_User_Id__c"
    case profileName = "WhatsApp_Name__c"

    var name: String { rawValue }

    /// Source: Salesforce, Tooling API, "CustomField", and Metadata API, "CustomField".
    var definition: SalesforceFieldDefinition {
        switch self {
        case .puenteID: .text(self, "Puente ID", "Identifier of the contact in Puente", length: 18, isUnique: true)
        case .whatsAppID: .text(self, "WhatsApp ID", "Identifier of the person on WhatsApp", length: 32)
        case .userID:
            .text(
                self, "WhatsApp user ID", "Business-scoped identifier of a person known without a number", length: 150)
        case .profileName:
            .text(
                self, "WhatsApp profile name", "Name chosen by the customer on WhatsApp", length: 255, isKey: false)
        }
    }
}

struct SalesforceFieldDefinition: Encodable, Equatable {
    struct Details: Encodable, Equatable {
        let label: String
        let type: String
        let length: Int
        let description: String
        let externalId: Bool
        let unique: Bool
        let caseSensitive: Bool
        let required: Bool
    }

    let FullName: String
    let Metadata: Details

    static func text(
        _ field: SalesforceField, _ label: String, _ description: String, length: Int, isKey: Bool = true,
        isUnique: Bool = false
    ) -> Self {
        Self(
            FullName: "Contact.\(field.name)",
            Metadata: .init(
                label: label, type: "Text", length: length, description: description, externalId: isKey,
                unique: isUnique, caseSensitive: false, required: false))
    }
}
