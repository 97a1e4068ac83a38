import Domain
import Store

extension DuplicateFacts {
    init(_ duplicate: DuplicateSummary) {
        self.init(
            id: duplicate.id, a: PersonFacts(duplicate.a), b: PersonFacts(duplicate.b), score: duplicate.score,
            reasons: duplicate.reasons, state: State(duplicate.state), foundAt: duplicate.foundAt,
            settledAt: duplicate.settledAt, settledBy: duplicate.settledBy, winner: duplicate.winner,
            failure: duplicate.failure)
    }
}

extension DuplicateFacts.State {
    init(_ state: DuplicateSummary.State) {
        switch state {
        case .open: self = .open
        case .dismissed: self = .dismissed
        case .merged: self = .merged
        }
    }

    var summary: DuplicateSummary.State {
        switch self {
        case .open: .open
        case .dismissed: .dismissed
        case .merged: .merged
        }
    }
}

extension DuplicateFigureFacts {
    init(_ figures: DuplicateFigures) {
        self.init(
            living: figures.living, merged: figures.merged, share: figures.shareMerged, byReason: figures.byReason,
            open: CountFacts(figures.open), dismissed: CountFacts(figures.dismissed))
    }
}

extension MergeBatchFacts {
    init(_ batch: MergeBatch) {
        let state: State =
            switch batch.state {
            case .running: .running
            case .done: .done
            case .undoing: .undoing
            case .undone: .undone
            }
        self.init(
            id: batch.id, state: state, actor: batch.actor, total: batch.total, merged: batch.merged,
            failed: batch.failed, undone: batch.undone, kept: batch.kept, createdAt: batch.createdAt)
    }
}

extension DuplicateScanFacts {
    init(_ scan: DuplicateScan) {
        self.init(
            isRunning: scan.pass != nil, compared: scan.pass?.compared ?? 0, total: scan.pass?.total ?? 0,
            finishedAt: scan.finishedAt)
    }
}
