import Domain
import Foundation

/// A time as a page shows it: short to the eye, exact on hover and for machines.
package struct MomentText: Sendable {
    /// For `<time datetime>`, UTC.
    package let iso: String
    package let short: String
    /// Date and time of day in the reader's zone.
    package let exact: String
    /// Milliseconds since 1970, for the script that keeps short times fresh.
    package let milliseconds: String

    private init(_ moment: Timestamp, short: String, in context: PageContext) {
        self.iso = Self.iso(moment)
        self.short = short
        self.exact = Self.exact(moment, in: context)
        self.milliseconds = String(moment.milliseconds)
    }

    /// For lists: "now", "5 min", "14:32", "Yesterday", "12 Nov".
    static func relative(_ moment: Timestamp, in context: PageContext) -> MomentText {
        MomentText(moment, short: relativeText(moment, in: context), in: context)
    }

    /// For bubbles: "14:32".
    static func clock(_ moment: Timestamp, in context: PageContext) -> MomentText {
        MomentText(moment, short: clockText(context.civil(moment)), in: context)
    }

    /// For sentences: "today at 14:32", "tomorrow at 09:12", "12 Nov, 14:32".
    static func sentence(_ moment: Timestamp, in context: PageContext) -> MomentText {
        MomentText(moment, short: sentenceText(moment, in: context), in: context)
    }

    /// For paper, which is read later: "12 Nov 2026, 14:32:05".
    static func full(_ moment: Timestamp, in context: PageContext) -> MomentText {
        MomentText(moment, short: exact(moment, in: context), in: context)
    }

    private static func relativeText(_ moment: Timestamp, in context: PageContext) -> String {
        let age = (context.now - moment).wholeMilliseconds
        if (-60_000..<60_000).contains(age) { return context.words("time.now") }
        if (0..<3_600_000).contains(age) { return context.formats.span(milliseconds: age) }
        let then = context.civil(moment)
        switch context.civil(context.now).dayNumber - then.dayNumber {
        case 0: return clockText(then)
        case 1: return context.words("time.yesterday")
        case 2...6: return context.words("time.weekdayShort.\(then.weekday)")
        default: return dateText(then, in: context)
        }
    }

    private static func sentenceText(_ moment: Timestamp, in context: PageContext) -> String {
        let then = context.civil(moment)
        let clock = ["time": clockText(then)]
        switch then.dayNumber - context.civil(context.now).dayNumber {
        case 0: return context.words("time.todayAt", clock)
        case 1: return context.words("time.tomorrowAt", clock)
        case -1: return context.words("time.yesterdayAt", clock)
        default: return dateText(then, in: context) + ", " + clockText(then)
        }
    }

    /// The heading of a day in a thread: "Today", "Yesterday", "Thursday, 12 November".
    static func day(_ moment: Timestamp, in context: PageContext) -> String {
        let then = context.civil(moment)
        let today = context.civil(context.now)
        switch today.dayNumber - then.dayNumber {
        case 0: return context.words("time.today")
        case 1: return context.words("time.yesterday")
        default:
            let key = today.year == then.year ? "time.dayHeading" : "time.dayHeadingWithYear"
            return context.words(
                key,
                [
                    "weekday": context.words("time.weekday.\(then.weekday)"), "day": String(then.day),
                    "month": context.words("time.month.\(then.month)"), "year": String(then.year),
                ])
        }
    }

    private static func dateText(_ date: CivilTime, in context: PageContext) -> String {
        let text = "\(date.day) " + context.words("time.monthShort.\(date.month)")
        return context.civil(context.now).year == date.year ? text : text + " \(date.year)"
    }

    private static func exact(_ moment: Timestamp, in context: PageContext) -> String {
        let date = context.civil(moment)
        let month = context.words("time.monthShort.\(date.month)")
        return "\(date.day) \(month) \(date.year), \(clockText(date)):\(two(date.second))"
    }

    static func clockText(_ date: CivilTime) -> String {
        "\(two(date.hour)):\(two(date.minute))"
    }

    private static func iso(_ moment: Timestamp) -> String {
        let date = CivilTime(moment, in: .gmt)
        let year = String(repeating: "0", count: max(0, 4 - String(date.year).count)) + String(date.year)
        return "\(year)-\(two(date.month))-\(two(date.day))T"
            + "\(two(date.hour)):\(two(date.minute)):\(two(date.second))Z"
    }

    private static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
