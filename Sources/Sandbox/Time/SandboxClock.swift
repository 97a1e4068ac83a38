import Domain
import Foundation
import Synchronization

/// The sandbox's own time: the machine's, moved forward or held still on request, so that a test sees a window close,
/// an address expire or a limit fill up without waiting and without luck.
final class SandboxClock: Sendable {
    private struct State {
        var offset: Int64 = 0
        var heldAt: Timestamp?
    }

    private static let maximumOffset: Int64 = 100 * 366 * 86_400_000

    private let state = Mutex(State())

    var now: Timestamp {
        state.withLock { state in
            state.heldAt ?? Self.machine + .milliseconds(state.offset)
        }
    }

    /// How far the clock was moved, in milliseconds.
    var advanced: Int64 { state.withLock { $0.offset } }
    var isHeld: Bool { state.withLock { $0.heldAt != nil } }

    /// Moves the clock forward; at most a century in all.
    func advance(milliseconds: Int64) {
        state.withLock { state in
            let step = min(max(milliseconds, 0), Self.maximumOffset - state.offset)
            state.offset += step
            state.heldAt = state.heldAt.map { $0 + .milliseconds(step) }
        }
    }

    /// Held, the clock moves only by ``advance(milliseconds:)``; let go, it runs on from the machine's time.
    func hold(_ isHeld: Bool) {
        state.withLock { state in
            if isHeld {
                state.heldAt = state.heldAt ?? Self.machine + .milliseconds(state.offset)
            } else {
                state.heldAt = nil
            }
        }
    }

    func reset() { state.withLock { $0 = State() } }

    private static var machine: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}
