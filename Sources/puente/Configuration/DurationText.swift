import Domain

/// Durations as people write them: `500ms`, `30s`, `5m`, `12h`, `30d`, `1h30m`.
enum DurationText {
    private static let units: [(String, Duration)] = [
        ("d", .days(1)), ("h", .hours(1)), ("ms", .milliseconds(1)), ("m", .minutes(1)), ("s", .seconds(1)),
    ]

    /// Nil for anything else, a number without its unit included; at most a hundred years.
    static func parse(_ text: String) -> Duration? {
        var rest = text[...]
        var total = Duration.zero
        guard !rest.isEmpty, rest.utf8.count <= 32 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest[digits.endIndex...]
            guard let count = Int64(digits), let unit = units.first(where: { rest.hasPrefix($0.0) }) else { return nil }
            rest = rest.dropFirst(unit.0.count)
            guard count <= .days(36_525) / unit.1 else { return nil }
            total += unit.1 * count
        }
        return total <= .days(36_525) ? total : nil
    }

    /// In the largest unit that fits without a rest.
    static func text(_ duration: Duration) -> String {
        let milliseconds = duration.wholeMilliseconds
        let sizes: [(String, Int64)] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)]
        guard let (unit, size) = sizes.first(where: { milliseconds != 0 && milliseconds % $0.1 == 0 }) else {
            return milliseconds == 0 ? "0s" : "\(milliseconds)ms"
        }
        return "\(milliseconds / size)\(unit)"
    }
}

extension Duration {
    /// How often the other fits in, rounded down.
    fileprivate static func / (left: Duration, right: Duration) -> Int64 {
        left.wholeMilliseconds / max(1, right.wholeMilliseconds)
    }
}
