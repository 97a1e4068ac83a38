/// The one door through which everything for a customer leaves.
///
/// It decides twice: `check` when a command is accepted, to tell the person at once; `permit` on facts read in the
/// transaction that marks the message `sending`. Only the second gives the permit without which the WhatsApp client's
/// send cannot be called. Pure: no clock, no database.
package enum SendGate {
    /// The reason against sending now, or nil.
    package static func check(_ request: SendRequest, facts: SendFacts) -> SendRefusal? {
        if facts.isHeld { return .installationHeld }
        guard facts.isNumberUsable else { return .numberNotConnected }
        guard facts.recipient != nil else { return .noAddress }
        if facts.standing.isBlocked { return .contactBlocked }
        if let refusal = ownerRefusal(request, facts: facts) { return refusal }
        return contentRefusal(request.content, isWindowOpen: facts.isWindowOpen, template: facts.template)
            ?? personRefusal(request.content, facts: facts) ?? automaticRefusal(request, facts: facts)
    }

    /// What speaks against it because of whom it goes to, or because they could not tell whom it comes from.
    package static func personRefusal(_ content: MessageContent, facts: SendFacts) -> SendRefusal? {
        if facts.standing.isBlocked { return .contactBlocked }
        return consentRefusal(content, facts: facts) ?? senderRefusal(content, facts: facts)
            ?? promotionRefusal(content, facts: facts)
    }

    /// What speaks against the content alone, whoever sends it and to whom.
    /// - Parameter template: the one that the content asks for, when there is one of that name and language.
    package static func contentRefusal(
        _ content: MessageContent, isWindowOpen: Bool, template: TemplateFacts?
    ) -> SendRefusal? {
        switch content {
        case .template(let content): templateRefusal(content, template: template)
        case .text, .media, .location, .contacts, .reaction, .interactive: isWindowOpen ? nil : .windowClosed
        case .choice, .order, .system, .unsupported: .cannotBeSent
        }
    }

    /// - Parameters:
    ///   - message: the message that the permit is bound to.
    ///   - epoch: the epoch of the lane that sends it.
    package static func permit(
        _ request: SendRequest, facts: SendFacts, message: MessageID, epoch: Int64
    ) -> Result<SendPermit, SendRefusal> {
        if let refusal = check(request, facts: facts) { return .failure(refusal) }
        guard let recipient = facts.recipient else { return .failure(.noAddress) }
        return .success(
            SendPermit(message: message, epoch: epoch, recipient: recipient, content: request.content))
    }

    /// Automation speaks only while it owns the conversation; a person's message is what takes it over.
    private static func ownerRefusal(_ request: SendRequest, facts: SendFacts) -> SendRefusal? {
        switch request.author {
        case .automation: facts.owner == .automation ? nil : .conversationOwnedByPerson
        case .staff, .api, .crm, .consent: nil
        }
    }

    private static func templateRefusal(_ content: TemplateContent, template: TemplateFacts?) -> SendRefusal? {
        guard let template else { return .templateUnknown }
        guard template.status == "APPROVED" else { return .templateNotApproved }
        guard template.isFillable else { return .templateUnsupported }
        guard template.isFilled(by: content) else { return .templateIncomplete }
        return nil
    }
}

/// The proof that the gate was asked: bound to one message, its recipient, every word of it and one epoch of its lane.
/// Only the gate makes it.
package struct SendPermit: Equatable, Sendable {
    package let message: MessageID
    package let epoch: Int64
    package let recipient: Recipient
    package let content: MessageContent

    fileprivate init(message: MessageID, epoch: Int64, recipient: Recipient, content: MessageContent) {
        self.message = message
        self.epoch = epoch
        self.recipient = recipient
        self.content = content
    }

    /// Whether this is what the gate was asked about.
    package func covers(_ outgoing: OutgoingMessage) -> Bool {
        outgoing.callbackData == "\(message)" && outgoing.recipient == recipient && outgoing.content == content
    }
}
