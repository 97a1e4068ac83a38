import GRDB
import Synchronization

/// The order in which SQLite's one writer works: whoever waits for an acknowledgement goes before facts, claims and
/// outcomes, so that an answer to Meta waits for one transaction at most.
final class SQLiteWriter: Sendable {
    typealias Work = @Sendable (Database) -> Void

    private struct State {
        var urgent = WorkQueue()
        var ordinary = WorkQueue()
    }

    private let pool: DatabasePool
    private let checkpointer: SQLiteCheckpointer
    private let state = Mutex(State())

    init(pool: DatabasePool, checkpointer: SQLiteCheckpointer) {
        self.pool = pool
        self.checkpointer = checkpointer
    }

    /// Runs the work on the writer's thread, outside any transaction.
    func submit(_ work: @escaping Work, isUrgent: Bool) {
        state.withLock { state in
            if isUrgent { state.urgent.append(work) } else { state.ordinary.append(work) }
        }
        // As many turns as there is work; which one a turn is for is decided when it comes.
        pool.asyncWriteWithoutTransaction { [self] database in
            let next = state.withLock { $0.urgent.popFirst() ?? $0.ordinary.popFirst() }
            next?(database)
            checkpointer.note(database)
        }
    }
}

/// First in, first out.
private struct WorkQueue {
    private var incoming: [SQLiteWriter.Work] = []
    private var outgoing: [SQLiteWriter.Work] = []

    mutating func append(_ work: @escaping SQLiteWriter.Work) { incoming.append(work) }

    mutating func popFirst() -> SQLiteWriter.Work? {
        if outgoing.isEmpty {
            outgoing = incoming.reversed()
            incoming = []
        }
        return outgoing.popLast()
    }
}
