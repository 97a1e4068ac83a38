import Domain
import Store

extension ImportFacts {
    init(_ record: ImportRecord, in context: PageContext) {
        self.init(
            id: record.id, state: record.state, fileName: record.title[context.language], size: record.size,
            actor: record.actor, createdAt: record.createdAt)
        rows = record.rowsRead
        share = record.share
        rate = record.rate
        left = record.left
        undoBegan = record.change?.undoBegan
        report = record.report
        result = record.result
        failure = record.failure
        isFileKept = record.isFileKept
        endedAt = record.endedAt
        undo = record.change.map { Undo($0, isOver: record.state.isOver, now: context.now) } ?? .nothing
    }
}

extension ImportFacts.Undo {
    init(_ change: ChangeSummary, isOver: Bool, now: Timestamp) {
        switch change.state {
        case .open: self = .nothing
        case .done where !isOver: self = .nothing
        case .done: self = change.isUndoable(at: now) ? .possible(until: change.undoUntil) : .over
        case .undoing: self = .running(done: change.undoneRows + change.keptRows, of: change.rows)
        case .undone:
            self = .done(at: change.undoneAt ?? change.at, by: change.undoneBy ?? "–", kept: change.keptRows)
        }
    }
}
