import Domain

/// A question for consent and what became of it.
package struct ConsentQuestionView: Sendable {
    package let state: String
    package let tone: String
    package let words: String
    /// "Asked by Ana Rivas"
    package let by: String
    package let askedAt: MomentText
    /// What comes next, or when it was answered.
    package let next: String?
    package let reminded: String?
    package let conversationURL: String?

    /// - Parameter isOnPaper: with exact times.
    init(_ facts: ConsentFacts.Question, isOnPaper: Bool = false, in context: PageContext) {
        let words = context.words
        let time = { (moment: Timestamp) in
            isOnPaper ? MomentText.full(moment, in: context) : MomentText.sentence(moment, in: context)
        }
        self.state = words("consent.question.state.\(facts.state)")
        self.tone =
            switch facts.state {
            case .waiting: "is-waiting"
            case .granted: "is-done"
            case .declined, .failed: "is-failed"
            case .expired: "is-plain"
            }
        self.words = facts.words
        self.by = words("consent.question.by", ["actor": facts.actor])
        self.askedAt = time(facts.askedAt)
        self.next = Self.next(facts, time, in: context)
        self.reminded = facts.remindedAt.map {
            words("consent.question.reminded", ["time": time($0).short])
        }
        self.conversationURL = facts.conversation.map { "/inbox/\($0)" }
    }

    private static func next(
        _ facts: ConsentFacts.Question, _ text: (Timestamp) -> MomentText, in context: PageContext
    ) -> String? {
        func time(_ moment: Timestamp) -> [String: String] { ["time": text(moment).short] }
        switch facts.state {
        case .waiting:
            let expires = context.words("consent.question.expires", time(facts.expiresAt))
            guard let remindAt = facts.remindAt else { return expires }
            return context.words("consent.question.reminds", time(remindAt)) + " " + expires
        case .granted, .declined:
            return facts.answeredAt.map { context.words("consent.question.answered", time($0)) }
        case .expired: return context.words("consent.question.expired", time(facts.expiresAt))
        case .failed: return nil
        }
    }
}
