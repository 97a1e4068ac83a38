import Domain
import Foundation

extension Timestamp {
    /// Reads RFC 3339, with or without fractions of a second, in UTC or with an offset; nil for anything else.
    init?(time text: String) {
        let form = /(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+\-]\d{2}:\d{2})/
        guard let match = try? form.wholeMatch(in: text) else { return nil }  // the form is a constant: it never throws
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let components = DateComponents(
            year: Int(match.1), month: Int(match.2), day: Int(match.3), hour: Int(match.4), minute: Int(match.5),
            second: Int(match.6))
        guard components.isValidDate(in: calendar), let date = calendar.date(from: components) else { return nil }
        let fraction = Int64((String(match.7 ?? "0") + "00").prefix(3)) ?? 0
        let offset = Self.offset(String(match.8))
        guard let offset else { return nil }
        self.init(milliseconds: (Int64(date.timeIntervalSince1970) - offset) * 1000 + fraction)
    }

    /// Of `+05:30`, in seconds.
    private static func offset(_ text: String) -> Int64? {
        if text.lowercased() == "z" { return 0 }
        let parts = text.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 2, parts[0] < 24, parts[1] < 60 else { return nil }
        return (parts[0] * 3600 + parts[1] * 60) * (text.first == "-" ? -1 : 1)
    }
}
