package import Domain

/// Whether the contact beside the thread may be written to, in short.
package struct WritingFacts: Sendable {
    /// Against a free-form answer.
    package var answer: SendRefusal?
    /// Against any promotion.
    package var promotion: SendRefusal?
    /// The yes to promotions is confirmed.
    package var isConfirmed: Bool
    package var sender: SenderName

    package init(answer: SendRefusal?, promotion: SendRefusal?, isConfirmed: Bool, sender: SenderName) {
        self.answer = answer
        self.promotion = promotion
        self.isConfirmed = isConfirmed
        self.sender = sender
    }
}

/// One answer: its sign, whether it is a yes, and its words.
package struct WritingLine: Sendable {
    package let icon: String
    package let tone: String
    package let text: String

    private init(isYes: Bool, _ text: String) {
        (icon, tone) = isYes ? ("circle-check", "is-done") : ("ban", "is-failed")
        self.text = text
    }

    /// Freely, by template only, or not at all; then promotions.
    static func all(_ facts: WritingFacts, window: WindowView, in context: PageContext) -> [WritingLine] {
        [answer(facts, window: window, in: context), promotion(facts, in: context)]
    }

    private static func answer(_ facts: WritingFacts, window: WindowView, in context: PageContext) -> WritingLine {
        switch facts.answer {
        case nil, .senderNotNamed:
            WritingLine(isYes: true, context.words("contact.may.freely", ["window": window.sentence]))
        case .windowClosed:
            WritingLine(isYes: false, context.words("contact.may.template", ["window": window.sentence]))
        case .some(let refusal): WritingLine(isYes: false, refusal.sentence(naming: facts.sender)[context.language])
        }
    }

    private static func promotion(_ facts: WritingFacts, in context: PageContext) -> WritingLine {
        guard let refusal = facts.promotion else {
            return WritingLine(
                isYes: true, context.words(facts.isConfirmed ? "contact.may.confirmed" : "contact.may.promotions"))
        }
        let why = context.words.optional("contact.may.why.\(refusal)")
        return WritingLine(
            isYes: false,
            why.map { context.words("contact.may.noPromotions", ["why": $0]) }
                ?? refusal.sentence(naming: facts.sender)[context.language])
    }
}
