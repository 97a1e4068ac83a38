/// Numbers at which nobody was reached (R9). That a message could not be delivered is evidence, not proof, and Meta cannot
/// be asked: so a person may try. What nobody watches over leaves such numbers alone: it costs the sending number its
/// standing, and tells nobody anything.
extension SendGate {
    /// No promotion goes there, whoever sends it.
    static func promotionRefusal(_ content: MessageContent, facts: SendFacts) -> SendRefusal? {
        guard facts.isRecipientUnreachable, purpose(of: content, template: facts.template) == .marketing else {
            return nil
        }
        return .numberUnreachable
    }

    /// Nothing else goes there but what a person writes.
    static func automaticRefusal(_ request: SendRequest, facts: SendFacts) -> SendRefusal? {
        guard facts.isRecipientUnreachable else { return nil }
        return switch request.author {
        case .staff: nil
        case .automation, .api, .crm, .consent: .numberUnreachable
        }
    }
}
