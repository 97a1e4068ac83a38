/// What a company's own system asks Puente to send: `message.send` events, signed by the Standard Webhooks scheme.
package struct SystemCommands: Sendable {
    static let path = "/webhooks/crm/own"

    private let customers: CustomerMessages

    /// - Parameter customers: who is written to; their window must be open.
    package init(to customers: CustomerMessages) {
        self.customers = customers
    }

    /// - Parameter seconds: Unix time; receivers refuse what is more than five minutes off.
    package func requests(_ messages: Range<Int>, at seconds: Int64) -> PreparedRequests {
        let signer = StandardSigner()
        var requests = PreparedRequests()
        for message in messages {
            let id = "cmd_\(customers.run)_\(message)"
            let body = Array(body(of: message, id: id).utf8)
            let headers = signer.headers(id: id, seconds: seconds, body: body)
            requests.append("POST", Self.path, headers: headers, body: body)
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
