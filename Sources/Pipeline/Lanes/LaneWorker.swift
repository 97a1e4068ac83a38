package import Domain
package import Store

/// Works one lane while this node holds it.
package protocol LaneWorker: Sendable {
    /// Runs until the task is cancelled; then finishes what is in hand, puts the rest back and returns. Also returns
    /// when the lane turns out to be lost.
    func work(_ grip: LaneGrip) async
}

/// Holds a lane that cannot be worked, and lets go of it after a while: perhaps it can be then.
struct IdleLaneWorker: LaneWorker {
    private static let patience: Duration = .seconds(15)

    func work(_: LaneGrip) async {
        await pause(for: Self.patience)
    }
}

/// Makes the worker for a lane; nil for one that this configuration cannot work.
package typealias LaneWorkerFactory = @Sendable (Lane) async -> (any LaneWorker)?
