internal import Domain
internal import Logging
internal import Synchronization

/// Whether the database can be reached, as all connections together know it. After a failure nobody tries again
/// before a while has passed: callers are told at once, and a server that starts is not stormed.
final class PostgresGate: Sendable {
    private static let firstPause = Duration.milliseconds(50)
    /// Recovery takes seconds at most, so this is how late we may notice.
    private static let longestPause = Duration.seconds(1)

    private struct State {
        var failure: SQLError?
        var pause = PostgresGate.firstPause
        var opensAt = ContinuousClock.now
    }

    private let state = Mutex(State())
    private let broken = Atomic(0)
    private let log: Logger

    init(log: Logger) {
        self.log = log
    }

    /// Nil when the last attempt to connect succeeded, or none was made.
    var failure: SQLError? { state.withLock { $0.failure } }

    /// - Throws: the last failure, while the pause after it lasts.
    func pass() throws(SQLError) {
        let failure = state.withLock { $0.opensAt > .now ? $0.failure : nil }
        if let failure { throw failure }
    }

    func connected() {
        let wasAway = state.withLock { state in
            defer { state = State() }
            return state.failure != nil
        }
        if wasAway { log.notice("the database answers again") }
    }

    /// How many connections broke, of all that were open.
    var breaks: Int { broken.load(ordering: .sequentiallyConsistent) }

    func broke() {
        broken.add(1, ordering: .sequentiallyConsistent)
    }

    func failed(_ error: SQLError) {
        let isNew = state.withLock { state in
            defer {
                state.failure = error
                state.opensAt = .now + state.pause
                state.pause = min(state.pause * 2, Self.longestPause)
            }
            return state.failure == nil
        }
        // Once for each time it goes away, not once for each attempt.
        if isNew { log.error("the database cannot be reached", metadata: ["reason": "\(error.sentence)"]) }
    }
}
