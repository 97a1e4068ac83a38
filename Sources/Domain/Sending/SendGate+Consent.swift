/// Whether the person wants this kind of message (R10, R11).
extension SendGate {
    static func consentRefusal(_ content: MessageContent, facts: SendFacts) -> SendRefusal? {
        switch purpose(of: content, template: facts.template) {
        case .marketing: marketingRefusal(facts)
        case .utility: facts.standing.consent[.utility]?.word == .withdrawn ? .utilityWithdrawn : nil
        case .service: serviceRefusal(facts)
        }
    }

    /// A template has the purpose of its category. Free-form messages leave only within 24 hours after the customer
    /// wrote: they are answers.
    package static func purpose(of content: MessageContent, template: TemplateFacts?) -> ConsentPurpose {
        guard case .template = content else { return .service }
        return ConsentPurpose(templateCategory: template?.category ?? "")
    }

    /// Nobody gets promotions without an explicit yes; whoever never wrote and was never asked gets none either.
    private static func marketingRefusal(_ facts: SendFacts) -> SendRefusal? {
        let standing = facts.standing
        if standing.consent[.marketing]?.word == .withdrawn { return .marketingWithdrawn }
        if standing.isDoNotCall { return .doNotCall }
        if standing.hasComplaint { return .complaintOpen }
        switch standing.tier {
        case .transactionalOnly: return .marketingWithoutConsent
        case .marketing: return facts.rules.marketingNeedsProof ? .marketingWithoutProof : nil
        case .marketingWithProof: return nil
        }
    }

    /// Whoever wants no messages at all and writes all the same is answered.
    private static func serviceRefusal(_ facts: SendFacts) -> SendRefusal? {
        guard let service = facts.standing.consent[.service], service.word == .withdrawn else { return nil }
        if let wrote = facts.lastInbound, wrote > service.since { return nil }
        return .serviceWithdrawn
    }
}
