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

    /// The hint and others of its connection that wait: they are read in one call. From here on each is news again.
    /// - Returns: nothing where the hint was taken with another.
    func take(with hint: Hint, atMost limit: Int) -> [String] {
        state.withLock { state in
            guard state.waiting.remove(hint) != nil else { return [] }
            let others = state.waiting.lazy.filter { $0.connection == hint.connection }.prefix(limit - 1)
            let taken = Array(others)
            state.waiting.subtract(taken)
            return [hint.remoteID] + taken.map(\.remoteID)
        }
    }
}
