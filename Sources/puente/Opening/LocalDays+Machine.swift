import Domain
import Foundation

extension LocalDays {
    /// By the time zone of the machine, which `TZ` may set.
    static let ofThisMachine = of(nil)

    /// - Parameter zone: nil: that of the machine.
    static func of(_ zone: TimeZone?) -> LocalDays {
        LocalDays { moment in
            let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
            return .seconds((zone ?? .current).secondsFromGMT(for: date))
        }
    }
}
