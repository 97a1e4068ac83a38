package import Domain

extension GraphClient {
    /// Sends a message. The only way to do so: the permit is what the send gate gave for it.
    ///
    /// Limits are checked first. `unknown` in the failure means that the message may have been sent: it must not be sent
    /// again without evidence; statuses carry `callbackData`.
    package func send(
        _ message: OutgoingMessage, from phoneNumberID: String, token: String, permit _: SendPermit
    ) async throws(CallFailure) -> SendReceipt {
        if let problem = MessageLimits.problem(in: message.content) { throw .refused(problem) }
        if let problem = TextLimit.callbackData.problem(in: message.callbackData) { throw .refused(problem) }
        guard let body = SendBody.json(of: message) else {
            throw .refused(PuenteError(.invalid, message: SendRefusal.cannotBeSent.sentence))
        }
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
    init?(_ json: JSON) {
        guard let message = json["messages"].items.first, let id = message["id"].text else { return nil }
        let contact = json["contacts"].items.first ?? .null
        self.init(
            messageID: id, waID: contact["wa_id"].text, userID: contact["user_id"].text,
            messageStatus: message["message_status"].text)
    }
}

extension CallFailure {
    /// A 2xx that names no message was acted on, most likely.
    static let answerWithoutMessageID = CallFailure(
        kind: .unknown, code: "unreadable-answer", scope: .message, vendorText: "HTTP 2xx without a message id",
        advice: AnswerClassifier.uncertain)
}
