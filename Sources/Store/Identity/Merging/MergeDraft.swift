package import Domain

/// Who wants a merge, and why.
package struct MergeDraft: Equatable, Sendable {
    package let actor: String
    package let reason: DuplicateReason.Kind
    /// What shows it: the wamid of the event in which Meta named both.
    package let evidence: String?

    /// By a person or a program.
    package init(actor: String) {
        self.init(actor: actor, reason: .byHand, evidence: nil)
    }

    /// By what WhatsApp itself said.
    /// - Parameter evidence: the wamid of the event.
    static func meta(_ evidence: String) -> MergeDraft {
        MergeDraft(actor: "WhatsApp", reason: .meta, evidence: evidence)
    }

    private init(actor: String, reason: DuplicateReason.Kind, evidence: String?) {
        self.actor = actor
        self.reason = reason
        self.evidence = evidence
    }

    func title(winner: String, loser: String) -> LocalizedText {
        LocalizedText(en: "Merged \(loser) into \(winner)", es: "\(loser) se fusionó con \(winner)")
    }
}

/// What the change of a merge keeps of it, as JSON.
struct MergeDetail: Codable, Sendable {
    let winner: ContactID
    let loser: ContactID
    let reason: DuplicateReason.Kind
    let evidence: String?
    /// What the loser had.
    let moved: MergeCounts

    init(winner: ContactID, loser: ContactID, draft: MergeDraft, moved: MergeCounts) {
        self.winner = winner
        self.loser = loser
        self.moved = moved
        reason = draft.reason
        evidence = draft.evidence
    }
}

/// A merge that was done.
package struct MergeResult: Sendable {
    package let change: ChangeID
    package let winner: ContactID
    package let loser: ContactID
    /// What the loser had.
    package let moved: MergeCounts
    package let report: RecordReport

    func with(_ report: RecordReport) -> MergeResult {
        MergeResult(change: change, winner: winner, loser: loser, moved: moved, report: report)
    }
}

/// How much of a contact a merge moves.
package struct MergeCounts: Equatable, Codable, Sendable {
    package var handles = 0
    package var conversations = 0
    package var messages = 0
    package var labels = 0
    package var fields = 0
    package var states = 0
    package var consents = 0
    package var records = 0

    package init() {}
}
