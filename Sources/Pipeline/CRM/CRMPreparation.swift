import Domain
import Synchronization

/// Whether the fields are there that the upsert stands on: nothing is written before. What only a person can mend holds
/// up no job: the first one that needs it shows it.
final class CRMPreparation: Sendable {
    private enum State {
        /// Not before this the next try.
        case missing(triesAt: ContinuousClock.Instant)
        /// It failed for a reason that lasts: jobs may try. With the trial of a pause it is tried again, not before this.
        case impossible(triesAt: ContinuousClock.Instant)
        case done
    }

    /// As often as a pause is tried.
    private static let interval: Duration = .seconds(30)

    private let state = Mutex(State.missing(triesAt: .now))

    /// Jobs may go.
    var letsJobsPass: Bool {
        state.withLock { state in
            switch state {
            case .missing: false
            case .impossible, .done: true
            }
        }
    }

    /// - Parameter isTrial: a pause that only a person can end is being tried: what was impossible may be possible now.
    func isDue(isTrial: Bool, now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            switch state {
            case .missing(let triesAt): triesAt <= now
            case .impossible(let triesAt): isTrial && triesAt <= now
            case .done: false
            }
        }
    }

    /// - Parameter failure: of the try; nil when it succeeded.
    func note(_ failure: CallFailure?, now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            switch failure?.kind {
            case nil: state = .done
            case .permanent, .accountWide: state = .impossible(triesAt: now + Self.interval)
            case .throttled(let wait): state = .missing(triesAt: now + min(wait, .seconds(10)))
            case .transient, .unknown, .unreachable: state = .missing(triesAt: now + .seconds(1))
            }
        }
    }
}
