import Domain

extension Timestamp {
    /// `2026-11-18T23:02:00.000Z`. What lies outside the years 0 to 9999 is written as the nearest moment inside.
    var rfc3339: String {
        let milliseconds = min(max(milliseconds, Self.first), Self.last)
        let day = Self.floorDivide(milliseconds, by: 86_400_000)
        let ofDay = milliseconds - day * 86_400_000
        let (year, month, dayOfMonth) = Self.civil(day: day)
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
        let (seconds, fraction) = ofDay.quotientAndRemainder(dividingBy: 1000)
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        return "\(date)T\(clock).\(Self.padded(fraction, 3))Z"
    }

    private static let first: Int64 = -62_167_219_200_000  // 0000-01-01T00:00:00.000Z
    private static let last: Int64 = 253_402_300_799_999  // 9999-12-31T23:59:59.999Z

    /// The date of a day since 1970-01-01 in the proleptic Gregorian calendar. Years begin in March here, so that the
    /// leap day is the last of its year; an era has 400 years.
    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivide(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear: Int64 = month < 10 ? 0 : 1
        return (
            yearOfEra + era * 400 + isNextYear, month < 10 ? month + 3 : month - 9,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func floorDivide(_ value: Int64, by divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Reads exactly what ``rfc3339`` writes; nil for everything else, also for the 31st of February.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        func number(_ range: Range<Int>) -> Int64? { Int64(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let fraction = number(20..<23), year >= 0, (1...12).contains(month)
        else { return nil }
        let clock = (hour * 60 + minute) * 60 + second
        let days = Self.days(year: year, month: month, day: day)
        self.init(milliseconds: days * 86_400_000 + clock * 1000 + fraction)
        guard rfc3339 == text else { return nil }
    }

    /// Days since 1970-01-01, the other way round than ``civil(day:)``.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let ofYear = month > 2 ? year : year - 1
        let era = floorDivide(ofYear, by: 400)
        let yearOfEra = ofYear - era * 400
        let fromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * fromMarch + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
