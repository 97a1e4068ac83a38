/// The fields that we make on Salesforce's contacts: those that are filled, and no others.
///
/// Only `Puente_Id__c` is unique: it is the upsert key. The others that people are found by are external ids, which
/// Salesforce indexes, but not unique: a number or a user id may for a while stand on two records.
enum SalesforceField: String, CaseIterable {
    case puenteID = "Puente_Id__c"
    case whatsAppID = "WhatsApp_Id__c"
    case userID = "WhatsApp_User_Id__c"
    case profileName = "WhatsApp_Name__c"
    case username = "WhatsApp_Username__c"
    case optIn = "WhatsApp_Opt_In__c"
    case optInAt = "WhatsApp_Opt_In_At__c"
    case optInSource = "WhatsApp_Opt_In_Source__c"
    case lastInboundAt = "WhatsApp_Last_Inbound__c"
    case lastOutboundAt = "WhatsApp_Last_Outbound__c"
    case windowEndsAt = "WhatsApp_Window_Ends__c"
    case labels = "WhatsApp_Labels__c"
    case page = "WhatsApp_Conversation_Url__c"

    /// What contacts are read with, everywhere.
    static let read: [SalesforceField] = [.puenteID, .whatsAppID, .userID, .profileName]

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
        case .username:
            .text(self, "WhatsApp username", "Username of the customer on WhatsApp", length: 100, isKey: false)
        case .optIn: .choice(self, "WhatsApp opt-in", "Whether promotions may be sent by WhatsApp", SyncedOptIn.options)
        case .optInAt: .plain(self, "WhatsApp opt-in at", "When the customer allowed or forbade promotions", "DateTime")
        case .optInSource:
            .text(
                self, "WhatsApp opt-in source", "How the customer allowed or forbade promotions", length: 255,
                isKey: false)
        case .lastInboundAt: .plain(self, "WhatsApp last inbound", "When the customer last wrote", "DateTime")
        case .lastOutboundAt:
            .plain(self, "WhatsApp last outbound", "When the customer was last written to", "DateTime")
        case .windowEndsAt:
            .plain(self, "WhatsApp window ends", "Until when free-form messages may be sent", "DateTime")
        case .labels: .long(self, "WhatsApp labels", "Labels in Puente, separated by semicolons", length: 4096)
        case .page: .plain(self, "WhatsApp conversation", "Address of the contact in Puente", "Url")
        }
    }
}
