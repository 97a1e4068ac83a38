import Domain
import Foundation

/// A day as a form names it (`2026-11-26`), from its midnight to the next in a time zone.
struct DayBounds: Equatable {
    let from: Timestamp
    let until: Timestamp

    /// Nil for what is no day.
    init?(_ text: String, in zone: TimeZone) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard text.utf8.count == 10, parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
        else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let components = DateComponents(year: year, month: month, day: day)
        guard components.isValidDate(in: calendar), let start = calendar.date(from: components),
            let end = calendar.date(byAdding: .day, value: 1, to: start)
        else { return nil }
        from = Timestamp(seconds: Int64(start.timeIntervalSince1970))
        until = Timestamp(seconds: Int64(end.timeIntervalSince1970))
    }
}
