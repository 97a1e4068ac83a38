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
}
