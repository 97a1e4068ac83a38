/// Times as HubSpot writes and reads them: ISO 8601 in UTC, or milliseconds since 1970.
enum ISOTime {
    /// `2026-11-20T09:30:01.412Z`; without a fraction when it is zero and `compact` is asked for.
    static func text(_ milliseconds: Int64, compact: Bool = false) -> String {
        let (days, inDay) = (floored(milliseconds, by: 86_400_000), modulo(milliseconds, 86_400_000))
        let (year, month, day) = civil(days)
        let fraction = inDay % 1000
        var text = ""
        text.reserveCapacity(24)
        append(year, 4, to: &text)
        text += "-"
        append(month, 2, to: &text)
        text += "-"
        append(day, 2, to: &text)
        text += "T"
        append(inDay / 3_600_000, 2, to: &text)
        text += ":"
        append(inDay / 60_000 % 60, 2, to: &text)
        text += ":"
        append(inDay / 1000 % 60, 2, to: &text)
        if fraction > 0 || !compact {
            text += "."
            append(fraction, 3, to: &text)
        }
        return text + "Z"
    }

    /// Milliseconds since 1970 of a time or a date; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        if let number = Int64(text) { return abs(number) < 1 << 53 ? number : nil }
        var text = text
        return text.withUTF8 { parse($0) }
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes, 0..<4), let month = number(bytes, 5..<7), let day = number(bytes, 8..<10),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let midnight = days(year, month, day) * 86_400_000
        if bytes.count == 10 { return midnight }
        guard bytes.count >= 19, let hour = number(bytes, 11..<13), let minute = number(bytes, 14..<16),
            let second = number(bytes, 17..<19), hour < 24, minute < 60, second < 61
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let start = position
            while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
                if position - start < 3 { fraction = fraction * 10 + Int64(bytes[position] - UInt8(ascii: "0")) }
                position += 1
            }
            for _ in (position - start)..<max(3, position - start) { fraction *= 10 }
        }
        guard let offset = offset(bytes, from: position) else { return nil }
        return midnight + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction - offset
    }

    private static func offset(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int64? {
        guard start < bytes.count else { return 0 }
        if bytes[start] == UInt8(ascii: "Z") { return start + 1 == bytes.count ? 0 : nil }
        guard bytes.count == start + 6, let hours = number(bytes, start + 1..<start + 3),
            let minutes = number(bytes, start + 4..<start + 6)
        else { return nil }
        let offset = (hours * 60 + minutes) * 60_000
        switch bytes[start] {
        case UInt8(ascii: "+"): return offset
        case UInt8(ascii: "-"): return -offset
        default: return nil
        }
    }

    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int64? {
        var value: Int64 = 0
        for index in range {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else { return nil }
            value = value * 10 + Int64(bytes[index] - UInt8(ascii: "0"))
        }
        return value
    }

    private static func append(_ number: Int64, _ width: Int, to text: inout String) {
        let digits = String(number)
        for _ in digits.utf8.count..<max(width, digits.utf8.count) { text += "0" }
        text += digits
    }

    /// Days since 1970 of a date in the Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = floored(year, by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(_ days: Int64) -> (Int64, Int64, Int64) {
        let shifted = days + 719_468
        let era = floored(shifted, by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func floored(_ value: Int64, by divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : (value - divisor + 1) / divisor
    }

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        value - floored(value, by: divisor) * divisor
    }
}
