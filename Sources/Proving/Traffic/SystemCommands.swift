import Crypto
import FoundationEssentials

/// What a company's own system asks Puente to send: `message.send` events, signed by the Standard Webhooks scheme.
package struct SystemCommands: Sendable {
    package var path = "/webhooks/crm/own"
    /// `whsec_` and base64, as in the configuration.
    package var secret = "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA=="
    package let customers: CustomerMessages

    /// - Parameter customers: who is written to; their window must be open.
    package init(to customers: CustomerMessages) {
        self.customers = customers
    }

    /// - Parameter seconds: Unix time; receivers refuse what is more than five minutes off.
    package func requests(_ messages: Range<Int>, at seconds: Int64) -> PreparedRequests {
        let key = SymmetricKey(data: Data(base64Encoded: String(secret.dropFirst(6))) ?? Data())
        var requests = PreparedRequests()
        for message in messages {
            let id = "cmd_\(customers.run)_\(message)"
            let body = Array(body(of: message, id: id).utf8)
            let digest = HMAC<SHA256>.authenticationCode(for: Array("\(id).\(seconds).".utf8) + body, using: key)
            requests.appendPost(
                to: path,
                headers: [
                    ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
                    ("webhook-signature", "v1,\(Data(digest).base64EncodedString())"),
                ], body: body)
        }
        return requests
    }

    private func body(of message: Int, id: String) -> String {
        let customer = customers.customer(of: message)
        return """
            {"id":"\(id)","type":"message.send","data":{"to":"+\(customers.phone(ofCustomer: customer))","from":\
            "\(customers.phoneNumberID(ofCustomer: customer))","author":"Ana","text":\
            "Claro que sí, su pedido sale hoy por la tarde. \(RunMark(run: customers.run, index: message))"}}
            """
    }
}
