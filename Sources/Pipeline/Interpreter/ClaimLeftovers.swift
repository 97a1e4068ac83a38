import Synchronization

/// The shares of which something may be claimed that nobody has in hand: a claim failed and may have been carried out all
/// the same, or what became of a claim was lost with the database's server.
final class ClaimLeftovers: Sendable {
    private struct Share {
        var hasFailed = false
        var breaks = 0
    }

    private struct State {
        var live = Share()
        var bulk = Share()
    }

    private let state = Mutex(State())

    /// A claim of the share, or the release of what it left, has failed.
    func note(_ share: InterpreterShare) {
        change(share) { $0.hasFailed = true }
    }

    /// - Parameter breaks: those of the database so far.
    func areDue(_ share: InterpreterShare, breaks: Int) -> Bool {
        change(share) { $0.hasFailed || $0.breaks != breaks }
    }

    /// Whether they were due; from here on they are not.
    func take(_ share: InterpreterShare, breaks: Int) -> Bool {
        change(share) { share in
            defer { share = Share(hasFailed: false, breaks: breaks) }
            return share.hasFailed || share.breaks != breaks
        }
    }

    private func change<Value>(_ share: InterpreterShare, _ body: (inout Share) -> Value) -> Value {
        state.withLock { state in share.isBulk ? body(&state.bulk) : body(&state.live) }
    }
}
