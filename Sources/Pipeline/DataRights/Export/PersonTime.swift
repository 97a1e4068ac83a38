import Domain
import Store

/// Moments as the page says them that a person is given.
struct PersonTime {
    /// Where the company works.
    let days: LocalDays

    /// `2026-11-18 17:02 (UTC-06:00)`
    func text(_ moment: Timestamp) -> String {
        let local = days.clock(at: moment)
        let text = RecordedTime(local).text
        return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) (\(zone(ahead: local - moment)))"
    }

    private func zone(ahead: Duration) -> String {
        let minutes = ahead.wholeMilliseconds / 60_000
        guard minutes != 0 else { return "UTC" }
        let parts = [abs(minutes) / 60, abs(minutes) % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "UTC\(minutes < 0 ? "-" : "+")\(parts.joined(separator: ":"))"
    }
}
