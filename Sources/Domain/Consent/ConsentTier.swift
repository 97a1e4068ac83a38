/// What a person may be sent at all (R11): how far consent reaches.
package enum ConsentTier: String, Codable, CaseIterable, Sendable {
    /// Answers, codes, and news of what the person ordered or booked. Everybody whom nobody has asked yet.
    case transactionalOnly = "transactional_only"
    /// Promotions too: there is an explicit yes.
    case marketing
    /// The same, and the person confirmed it in answer to a question of ours.
    case marketingWithProof = "marketing_with_proof"

    /// - Parameter marketing: what the entries for marketing come to.
    package init(marketing: ConsentStanding?) {
        guard let marketing, marketing.word == .granted else {
            self = .transactionalOnly
            return
        }
        self = marketing.isDouble ? .marketingWithProof : .marketing
    }
}
