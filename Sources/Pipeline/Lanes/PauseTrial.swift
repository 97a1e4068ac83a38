import Domain
import Store

/// How a pause ends that only a person can end by mending an account: as soon as the lane is taken up (somebody may have
/// put a new token into the configuration and started the server), and then twice a minute, exactly one due job goes as
/// the trial. When it succeeds the pause is over; when it does not, nobody's attempts are spent. A pause that a person
/// made ends only by a person.
struct PauseTrial: Sendable {
    private static let interval: Duration = .seconds(30)

    private var nextAt: ContinuousClock.Instant?

    /// Whether one job may go although its scope is paused.
    func begins(despite pause: Pause?, now: ContinuousClock.Instant = .now) -> Bool {
        guard let pause, pause.until == nil, !pause.isByPerson else { return false }
        return nextAt.map { now >= $0 } ?? true
    }

    /// Called when a job went.
    /// - Parameter failure: of that job; nil when it succeeded.
    mutating func end(
        _ pause: Pause?, _ failure: CallFailure?, on board: PauseBoard, now: ContinuousClock.Instant = .now
    ) async {
        nextAt = failure == nil ? nil : now + Self.interval
        if let pause, failure == nil { await board.remove(pause) }
    }
}
