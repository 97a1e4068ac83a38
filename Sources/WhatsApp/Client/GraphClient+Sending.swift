package import Domain

extension GraphClient {
    /// Sends a message. The only way to do so: the permit is what the send gate gave for it.
    ///
    /// Limits are checked first, and that the permit is this message's. `unknown` in the failure means that the message may
    /// have been sent: it must not be sent again without evidence; statuses carry `callbackData`.
    package func send(
        _ message: OutgoingMessage, from phoneNumberID: String, token: String, permit: SendPermit
    ) async throws(CallFailure) -> SendReceipt {
        if let problem = MessageLimits.problem(in: message.content) { throw .refused(problem) }
        if let problem = TextLimit.callbackData.problem(in: message.callbackData) { throw .refused(problem) }
        guard let body = SendBody.json(of: message) else {
            throw .refused(PuenteError(.invalid, message: SendRefusal.cannotBeSent.sentence))
        }
        guard permit.covers(message) else { throw .permitOfAnother }
        let answer = try await call(
            "POST", GraphPath(phoneNumberID, "messages"), body: .json(body), as: .send, deadline: Deadline.send,
            token: token)
        guard let receipt = SendReceipt(answer) else { throw .answerWithoutMessageID }
        return receipt
    }

    /// Marks a received message, and those before it, as read.
    /// - Parameter isTyping: also shows the customer that somebody writes, for 25 s or until the answer.
    package func markRead(
        _ messageID: String, isTyping: Bool = false, from phoneNumberID: String, token: String
    ) async throws(CallFailure) {
        let body: JSON = .object([
            "messaging_product": "whatsapp", "status": "read", "message_id": .string(messageID),
            "typing_indicator": isTyping ? ["type": "text"] : nil,
        ])
        _ = try await call(
            "POST", GraphPath(phoneNumberID, "messages"), body: .json(body), as: .repeatable, deadline: Deadline.read,
            token: token)
    }
}

extension SendReceipt {
    /// Out of `{contacts[]{input, wa_id?, user_id?}, messages[]{id, message_status?}}`. Nil without a message id.
    /// Who it went to is not read: the statuses name the customer, too, and are evidence that it arrived there.
    init?(_ json: JSON) {
        guard let message = json["messages"].items.first, let id = message["id"].text else { return nil }
        self.init(messageID: id, hold: message["message_status"].text.flatMap(Hold.init))
    }
}

extension CallFailure {
    /// A mistake of ours: nothing leaves that the gate was not asked about.
    static let permitOfAnother = CallFailure(
        kind: .permanent, code: "permit-mismatch", scope: .message, vendorText: "not sent: the permit is another's",
        advice: LocalizedText(
            en:
                "This message was not sent because of a mistake in Puente. Write it again, and report it with its number.",
            es: "Este mensaje no se envió por un error de Puente. Escríbalo de nuevo e informe del error con su número."
        ))

    /// A 2xx that names no message was acted on, most likely.
    static let answerWithoutMessageID = CallFailure(
        kind: .unknown, code: "unreadable-answer", scope: .message, vendorText: "HTTP 2xx without a message id",
        advice: AnswerClassifier.uncertain)
}
