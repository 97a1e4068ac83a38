import Domain
import Foundation

/// A moment as the calendar and clock of a time zone show it (proleptic Gregorian).
struct CivilTime: Equatable {
    let year: Int
    let month: Int
    let day: Int
    let hour: Int
    let minute: Int
    let second: Int
    /// Days since 1970-01-01 in the zone: equal for moments of the same day.
    let dayNumber: Int

    /// 0 is Sunday.
    var weekday: Int { ((dayNumber % 7) + 11) % 7 }

    init(_ moment: Timestamp, in zone: TimeZone) {
        // Hostile times are drawn at the bounds of what a calendar can hold: the years 1 to 9999.
        let bounded = min(max(moment.milliseconds, -62_135_596_800_000), 253_402_214_400_000)
        let utc = Int(bounded >= 0 ? bounded / 1000 : (bounded - 999) / 1000)
        let local = utc + zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc)))
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let seconds = local - days * 86_400
        self.dayNumber = days
        self.hour = seconds / 3600
        self.minute = seconds % 3600 / 60
        self.second = seconds % 60
        (self.year, self.month, self.day) = Self.date(days)
    }

    /// The date of a day number, by counting eras of 400 years that begin in March.
    private static func date(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}
