import Domain
import Foundation

extension Timestamp {
    /// The system's clock. Only the composition reads it; everything else is told the time.
    static var now: Timestamp {
        Timestamp(milliseconds: Int64((Date.now.timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
