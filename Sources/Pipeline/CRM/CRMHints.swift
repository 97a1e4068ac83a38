package import Domain
import Synchronization

/// Records that a CRM said were changed, waiting to be read. Hints may be lost: the sweep reads what changed anyway.
package final class CRMHints: Sendable {
    struct Hint: Hashable, Sendable {
        let connection: ConnectionID
        let remoteID: String
    }

    /// More at once is an import: the sweep reads pages of two hundred, which is faster.
    private static let limit = 1000

    private struct State {
        var waiting: Set<Hint> = []
    }

    private let state = Mutex(State())
    private let stream: AsyncStream<Hint>
    private let continuation: AsyncStream<Hint>.Continuation

    package init() {
        (stream, continuation) = AsyncStream.makeStream(of: Hint.self, bufferingPolicy: .bufferingOldest(Self.limit))
    }

    /// One that waits already, or one too many, is left out.
    package func note(_ remoteID: String, of connection: ConnectionID) {
        let hint = Hint(connection: connection, remoteID: remoteID)
        let isNew = state.withLock { $0.waiting.count < Self.limit && $0.waiting.insert(hint).inserted }
        if isNew { continuation.yield(hint) }
    }

    /// For one reader.
    var hints: AsyncStream<Hint> { stream }

    /// From here on a hint is news again.
    func begin(_ hint: Hint) {
        state.withLock { _ = $0.waiting.remove(hint) }
    }
}
