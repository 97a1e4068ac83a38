import Crypto

/// What a workflow in HubSpot asks Puente to send: one call of the app's action each, signed by version 2, as HubSpot
/// signs them.
package struct HubSpotActions: Sendable {
    /// Somebody whose window is open.
    package struct Person: Sendable {
        /// The id of the contact in HubSpot.
        let record: String
        /// Of the number to which the customer wrote.
        let phoneNumberID: String

        package init(record: String, phoneNumberID: String) {
            self.record = record
            self.phoneNumberID = phoneNumberID
        }
    }

    package static let path = "/webhooks/crm/hubspot"

    private let people: [Person]
    private let run: String
    private let url: String
    private let clientSecret = "sandbox-secret"

    /// - Parameter server: Puente's public address; HubSpot signs the whole URL.
    package init(to people: [Person], run: String, server: String) {
        self.people = people
        self.run = run
        url = server + Self.path
    }

    package func requests(_ messages: Range<Int>) -> PreparedRequests {
        var requests = PreparedRequests()
        for message in messages {
            let body = Array(body(of: message).utf8)
            let digest = SHA256.hash(data: Array("\(clientSecret)POST\(url)".utf8) + body)
            requests.append(
                "POST", Self.path,
                headers: [
                    ("X-HubSpot-Signature", hexadecimal(digest)), ("X-HubSpot-Signature-Version", "v2"),
                ], body: body)
        }
        return requests
    }

    private func body(of message: Int) -> String {
        let person = people[message % people.count]
        let fields = """
            {"message":"Su pedido sale hoy por la tarde. \(RunMark(run: run, index: message))","from":\
            "\(person.phoneNumberID)"}
            """
        return """
            {"callbackId":"ap-62515-\(run)-\(message)","origin":{"portalId":62515,"actionDefinitionId":1001,\
            "actionDefinitionVersion":1},"context":{"source":"WORKFLOWS","workflowId":8001},"object":{"objectId":\
            \(person.record),"properties":{},"objectType":"CONTACT"},"fields":\(fields),"inputFields":\(fields)}
            """
    }
}
