import Domain
import Foundation
import Synchronization

/// The sandbox's own time: the machine's, moved forward on request, so that a test sees a window close or a media
/// address expire without waiting for it.
final class SandboxClock: Sendable {
    private let offset = Atomic<Int64>(0)

    var now: Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) + .milliseconds(advanced)
    }

    /// How far the clock is ahead of the machine's, in milliseconds.
    var advanced: Int64 { offset.load(ordering: .relaxed) }

    /// Moves the clock forward; at most a century in all.
    func advance(milliseconds: Int64) {
        let limit: Int64 = 100 * 366 * 86_400_000
        let step = min(max(milliseconds, 0), limit)
        offset.store(min(advanced + step, limit), ordering: .relaxed)
    }

    func reset() { offset.store(0, ordering: .relaxed) }
}
