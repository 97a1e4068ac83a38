import Crypto

/// Messages of many customers as Meta posts them: one text message a webhook, about 700 bytes, signed with the app's
/// secret. Customer and text follow from the message's number, so that it can be found again at the far end.
package struct CustomerMessages: Sendable {
    package var path = "/webhooks/whatsapp"
    package var appSecret = "sandbox-secret"
    package var wabaID = "102290129340398"
    package var phoneNumberIDs = ["106540352242922"]
    package var customers = 2000
    /// Tells the messages of one run from those of another on the same database.
    package var run: String

    private static let texts = [
        "Hola, ¿me pueden decir si el pedido que hice el martes ya salió? Lo necesito antes del sábado, gracias.",
        "Buenos días, quisiera cambiar la cita de mañana a las 17:30 si todavía hay lugar.",
        "¿Cuánto cuesta el envío a Guadalajara y cuántos días tarda más o menos?",
        "Muchas gracias por la atención. Les mando el comprobante en un momento.",
        "Hi! I never got the invoice for order 48213, could you send it again please?",
    ]

    package init(run: String) {
        self.run = run
    }

    /// Each customer writes to one number always.
    package func customer(of message: Int) -> Int { message % customers }

    /// As WhatsApp writes the number that this member of the sandbox's crowds has.
    package func phone(ofCustomer customer: Int) -> String { "52155\(20_000_000 + customer)" }

    package func phoneNumberID(ofCustomer customer: Int) -> String {
        phoneNumberIDs[customer % phoneNumberIDs.count]
    }

    /// The text ends with the number by which ``RunMark`` finds it again.
    package func text(of message: Int) -> String {
        "\(Self.texts[message % Self.texts.count]) \(RunMark(run: run, index: message))"
    }

    /// - Parameter seconds: Unix time that the messages carry.
    package func requests(_ messages: Range<Int>, at seconds: Int64) -> PreparedRequests {
        let key = SymmetricKey(data: Array(appSecret.utf8))
        var requests = PreparedRequests()
        requests.reserve(requests: messages.count, bytesEach: 960)
        for message in messages {
            let body = Array(body(of: message, at: seconds).utf8)
            let digest = HMAC<SHA256>.authenticationCode(for: body, using: key)
            requests.append(
                "POST", path,
                headers: [
                    ("X-Hub-Signature-256", "sha256=\(hexadecimal(digest))"), ("User-Agent", "facebookexternalua"),
                    ("Accept", "*/*"),
                ], body: body)
        }
        return requests
    }

    private func body(of message: Int, at seconds: Int64) -> String {
        let customer = customer(of: message)
        let phone = phone(ofCustomer: customer)
        return """
            {"object":"whatsapp_business_account","entry":[{"id":"\(wabaID)","changes":[{"value":{"messaging_product":\
            "whatsapp","metadata":{"display_phone_number":"15550783881","phone_number_id":\
            "\(phoneNumberID(ofCustomer: customer))"},"contacts":[{"profile":{"name":"Cliente \(customer)"},"wa_id":\
            "\(phone)"}],"messages":[{"from":"\(phone)","id":"wamid.HBgNNTIxNTU\(run)\(message)QVI4RkE0","timestamp":\
            "\(seconds)","text":{"body":"\(text(of: message))"},"type":"text"}]},"field":"messages"}]}]}
            """
    }
}

func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
