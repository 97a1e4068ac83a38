import Domain
import Foundation

/// Writes numbers as the readers of a language write them.
struct Figures {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// `1,234,567`; in Spanish `1 234 567` with narrow spaces from five digits on: points mean
    /// thousands in Spain and decimals in Mexico.
    func number(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        let isSpanish = language == .spanish
        let mark: Character = isSpanish ? "\u{202F}" : ","
        guard !isSpanish || digits.count > 4 else { return String(value) }
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(mark) }
            text.append(digit)
        }
        return text
    }

    /// `12.3 %`; in Spanish `12,3 %`.
    /// - Parameter share: 0 to 1.
    func percent(_ share: Double) -> String {
        decimal(share * 100) + " %"
    }

    /// With one decimal.
    func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(number(tenths / 10))\(language == .spanish ? "," : ".")\(tenths % 10)"
    }

    private static let english = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let spanish = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"]

    /// `26 Nov 2026, 14:32`, on the clocks of a time zone; in Spanish `26 nov 2026, 14:32`.
    func time(_ moment: Timestamp, in zone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let date = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute],
            from: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        guard let year = date.year, let month = date.month, let day = date.day, let hour = date.hour,
            let minute = date.minute
        else { return "" }
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let months = language == .spanish ? Self.spanish : Self.english
        return "\(day) \(months[month - 1]) \(year), \(two(hour)):\(two(minute))"
    }
}
