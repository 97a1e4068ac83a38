import Domain
import Foundation

extension LocalDays {
    /// By the time zone of the machine, which `TZ` may set.
    static let ofThisMachine = LocalDays { moment in
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        return .seconds(TimeZone.current.secondsFromGMT(for: date))
    }
}
