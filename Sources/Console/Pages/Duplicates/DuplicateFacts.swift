package import Domain

/// Two contacts who may be one person.
package struct DuplicateFacts: Sendable {
    package enum State: String, Sendable { case open, dismissed, merged }

    package var id: DuplicateID
    package var a: PersonFacts
    package var b: PersonFacts
    /// 1 to 100.
    package var score: Int
    package var reasons: [DuplicateReason]
    package var state: State
    package var foundAt: Timestamp
    package var settledAt: Timestamp?
    package var settledBy: String?
    /// Who stays; nil while nobody has decided.
    package var winner: ContactID?
    /// Why the list that it stood in could not merge them.
    package var failure: LocalizedText?

    package init(
        id: DuplicateID, a: PersonFacts, b: PersonFacts, score: Int, reasons: [DuplicateReason],
        state: State = .open, foundAt: Timestamp, settledAt: Timestamp? = nil, settledBy: String? = nil,
        winner: ContactID? = nil, failure: LocalizedText? = nil
    ) {
        self.id = id
        self.a = a
        self.b = b
        self.score = score
        self.reasons = reasons
        self.state = state
        self.foundAt = foundAt
        self.settledAt = settledAt
        self.settledBy = settledBy
        self.winner = winner
        self.failure = failure
    }
}

/// How far merging has made the data smaller.
package struct DuplicateFigureFacts: Sendable {
    package var living: Int
    package var merged: Int
    /// In hundredths of a percent.
    package var share: Int
    package var byReason: [(reason: DuplicateReason.Kind, count: Int)]
    package var open: CountFacts
    package var dismissed: CountFacts

    package init(
        living: Int, merged: Int, share: Int, byReason: [(reason: DuplicateReason.Kind, count: Int)], open: CountFacts,
        dismissed: CountFacts
    ) {
        self.living = living
        self.merged = merged
        self.share = share
        self.byReason = byReason
        self.open = open
        self.dismissed = dismissed
    }
}

/// A list that is merged, or undone, at this moment or was lately.
package struct MergeBatchFacts: Sendable {
    package enum State: String, Sendable { case running, done, undoing, undone }

    package var id: MergeBatchID
    package var state: State
    package var actor: String
    package var total: Int
    package var merged: Int
    package var failed: Int
    package var undone: Int
    package var kept: Int
    package var createdAt: Timestamp

    package init(
        id: MergeBatchID, state: State, actor: String, total: Int, merged: Int, failed: Int, undone: Int, kept: Int,
        createdAt: Timestamp
    ) {
        self.id = id
        self.state = state
        self.actor = actor
        self.total = total
        self.merged = merged
        self.failed = failed
        self.undone = undone
        self.kept = kept
        self.createdAt = createdAt
    }
}

/// How far all contacts were compared.
package struct DuplicateScanFacts: Sendable {
    package var isRunning: Bool
    package var compared: Int
    package var total: Int
    package var finishedAt: Timestamp?

    package init(isRunning: Bool, compared: Int = 0, total: Int = 0, finishedAt: Timestamp? = nil) {
        self.isRunning = isRunning
        self.compared = compared
        self.total = total
        self.finishedAt = finishedAt
    }
}
