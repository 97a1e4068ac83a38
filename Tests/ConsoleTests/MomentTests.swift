import Domain
import Foundation
import Testing

@testable import Console

@Suite struct `A time on a page` {
    private let english: PageContext
    private let spanish: PageContext

    init() throws {
        english = try SampleWorld(.english).context
        spanish = try SampleWorld(.spanish).context
    }

    @Test(arguments: [
        (Duration.seconds(20), "now", "ahora"), (.seconds(-20), "now", "ahora"),
        (.minutes(5), "5\u{202F}min", "5\u{202F}min"), (.hours(3), "14:02", "14:02"),
        (.hours(20), "Yesterday", "Ayer"), (.days(3), "Sun", "dom"), (.days(9), "9 Nov", "9 nov"),
        (.days(400), "14 Oct 2025", "14 oct 2025"),
    ])
    func `is short in lists`(age: Duration, en: String, es: String) {
        #expect(MomentText.relative(ago(age), in: english).short == en)
        #expect(MomentText.relative(ago(age), in: spanish).short == es)
    }

    @Test(arguments: [("Etc/UTC", "UTC"), ("GMT", "UTC"), ("America/Mexico_City", "America/Mexico_City")])
    func `is told in a zone as people call it`(identifier: String, name: String) throws {
        #expect(try #require(TimeZone(identifier: identifier)).shownName == name)
    }

    @Test func `is exact on hover and for machines`() {
        let moment = MomentText.relative(SampleWorld.now, in: spanish)

        #expect(moment.exact == "18 nov 2026, 17:02:00")
        #expect(moment.iso == "2026-11-18T23:02:00Z")
    }

    @Test(arguments: [
        (Duration.zero, "Today", "Hoy"), (.days(1), "Yesterday", "Ayer"),
        (.days(2), "Monday, 16 November", "Lunes, 16 de noviembre"),
        (.days(365), "Tuesday, 18 November 2025", "Martes, 18 de noviembre de 2025"),
    ])
    func `heads a day of the thread`(age: Duration, en: String, es: String) {
        #expect(MomentText.day(ago(age), in: english) == en)
        #expect(MomentText.day(ago(age), in: spanish) == es)
    }

    @Test(arguments: [Int64.min, .max, -62_135_596_800_001, 253_402_300_800_000])
    func `survives times that no calendar holds`(milliseconds: Int64) {
        let time = CivilTime(Timestamp(milliseconds: milliseconds), in: .gmt)

        #expect((1...9999).contains(time.year))
    }

    @Test(arguments: [
        (Int64(0), 1970, 1, 1, 4), (951_782_400_000, 2000, 2, 29, 2), (-86_400_000, 1969, 12, 31, 3),
        (4_107_542_400_000, 2100, 3, 1, 1),
    ])
    func `falls on the right day`(milliseconds: Int64, year: Int, month: Int, day: Int, weekday: Int) {
        let time = CivilTime(Timestamp(milliseconds: milliseconds), in: .gmt)

        #expect((time.year, time.month, time.day) == (year, month, day))
        #expect(time.weekday == weekday)
    }

    @Test func `agrees with the calendar of the system over a thousand days`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for day in stride(from: 0, to: 60_000, by: 61) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 45_296)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            let time = CivilTime(Timestamp(seconds: Int64(date.timeIntervalSince1970)), in: .gmt)

            #expect(parts.year == time.year && parts.month == time.month && parts.day == time.day)
            #expect(parts.hour == time.hour && parts.minute == time.minute && parts.second == time.second)
            #expect(parts.weekday == time.weekday + 1)
        }
    }
}
