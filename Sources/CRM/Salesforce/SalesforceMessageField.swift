/// The object in which messages are kept, as the package of the documentation deploys it.
enum SalesforceMessageField: String, CaseIterable {
    static let object = "WhatsApp_Message__c"

    case puenteID = "Puente_Id__c"
    case contact = "Contact__c"
    case direction = "Direction__c"
    case status = "Status__c"
    case statusDetail = "Status_Detail__c"
    case sentAt = "Sent_At__c"
    case type = "Type__c"
    case author = "Author__c"
    case body = "Body__c"
    case mediaURL = "Media_Url__c"
    case conversationURL = "Conversation_Url__c"

    var name: String { rawValue }
}
