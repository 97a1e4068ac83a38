import Domain
import Store

/// How a pause ends that only a person can end by mending an account: as soon as the lane is taken up (somebody may have
/// put a new token into the configuration and started the server), and then twice a minute, exactly one due job goes as
/// the trial. When it succeeds the pause is over; when it does not, nobody's attempts are spent.
struct PauseTrial: Sendable {
    private static let interval: Duration = .seconds(30)

    private var nextAt: ContinuousClock.Instant?

    /// Whether one job may go although its scope is paused.
    mutating func begins(despite pause: Pause?, now: ContinuousClock.Instant = .now) -> Bool {
        guard let pause, pause.until == nil else { return false }
        if let nextAt, now < nextAt { return false }
        nextAt = now + Self.interval
        return true
    }

    /// - Parameter failures: of the trial's job; nil when it succeeded. Empty when no job was due.
    func end(_ pause: Pause?, _ failures: [CallFailure?], on board: PauseBoard) async {
        guard let pause, let failure = failures.first, failure == nil else { return }
        await board.remove(pause)
    }
}
