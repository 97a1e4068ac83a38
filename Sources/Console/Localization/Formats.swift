import Domain

/// Figures as the reader's language writes them; in Spanish as the company's region does.
package struct Formats: Sendable {
    private let words: Words

    package init(words: Words) {
        self.words = words
    }

    /// `12,481` in English, and in Spanish where the region has a decimal point, as Mexico does; else `12 481` in Spanish, with
    /// a narrow space from five digits on.
    package func number(_ value: Int) -> String {
        let digits = String(value.magnitude)
        let sign = value < 0 ? "−" : ""
        guard digits.count > smallestGrouped else { return sign + digits }
        return sign + grouped(digits)
    }

    /// `184 ms`, `1.2 s`, `2 min 5 s`.
    package func delay(milliseconds: Int64) -> String {
        switch milliseconds {
        case ..<1000: return "\(milliseconds)\u{202F}ms"
        case ..<60_000: return "\(tenths((milliseconds + 50) / 100))\u{202F}s"
        default: return span(milliseconds: milliseconds)
        }
    }

    /// A length of time in at most two units: `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
    package func span(milliseconds: Int64) -> String {
        let seconds = max(0, milliseconds / 1000)
        if seconds < 60 { return "\(seconds)\u{202F}s" }
        let minutes = seconds / 60
        if minutes < 60 { return "\(minutes)\u{202F}min" }
        let hours = minutes / 60
        if hours < 24 { return pair(hours, "h", minutes % 60, "min") }
        return pair(hours / 24, "d", hours % 24, "h")
    }

    /// A length of time in its largest unit, rounded down; two units below two hours, when minutes matter.
    package func roundedSpan(milliseconds: Int64) -> String {
        switch milliseconds / 3_600_000 {
        case ..<2: span(milliseconds: milliseconds)
        case ..<48: "\(milliseconds / 3_600_000)\u{202F}h"
        default: "\(milliseconds / 86_400_000)\u{202F}d"
        }
    }

    /// `2.4 MB`, in powers of ten as phones show it.
    package func bytes(_ count: Int64) -> String {
        switch count {
        case ..<1000: return "\(max(0, count))\u{202F}B"
        case ..<1_000_000: return "\(count / 1000)\u{202F}KB"
        case ..<1_000_000_000: return "\(tenths(count / 100_000))\u{202F}MB"
        default: return "\(tenths(count / 100_000_000))\u{202F}GB"
        }
    }

    /// Tenths as `0.4`; `3` where nothing is left over.
    package func decimal(tenths value: Int64) -> String { tenths(value) }

    /// Hundredths of a percent: `9998` is `99.98 %`, `8090` is `80.9 %`.
    package func percent(hundredths: Int) -> String {
        let fraction = hundredths % 100
        let digits = fraction.isMultiple(of: 10) ? String(fraction / 10) : (fraction < 10 ? "0" : "") + String(fraction)
        let tail = fraction == 0 ? "" : mark + digits
        return "\(hundredths / 100)\(tail)\u{202F}%"
    }

    private func pair(_ first: Int64, _ unit: String, _ second: Int64, _ smaller: String) -> String {
        let head = "\(first)\u{202F}\(unit)"
        return second == 0 ? head : "\(head) \(second)\u{202F}\(smaller)"
    }

    private func tenths(_ value: Int64) -> String {
        value % 10 == 0 ? "\(value / 10)" : "\(value / 10)\(mark)\(value % 10)"
    }

    private func grouped(_ digits: String) -> String {
        var result = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position).isMultiple(of: 3) { result += separator }
            result.append(digit)
        }
        return result
    }

    private var smallestGrouped: Int { hasPoint ? 3 : 4 }
    private var separator: String { hasPoint ? "," : "\u{202F}" }
    private var mark: String { hasPoint ? "." : "," }

    private var hasPoint: Bool {
        guard words.language == .spanish else { return true }
        return WritingHabits(region: words.region, language: .spanish).decimalMark == .point
    }
}
