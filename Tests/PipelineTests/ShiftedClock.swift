import Domain
import Foundation
import Synchronization

/// The time of day, and as much later as a test says.
final class ShiftedClock: Sendable {
    private let shift = Mutex<Duration>(.zero)

    func now() -> Timestamp {
        let real = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        return real + shift.withLock { $0 }
    }

    func advance(by duration: Duration) {
        shift.withLock { $0 += duration }
    }
}
