/// Days as spreadsheets count them.
struct ExcelCalendar {
    /// Workbooks from old Macintoshes count from 1904, the others from 1900, with a 29 February that year never had.
    let startsIn1904: Bool

    /// Days from 1970 to 31 December 9999.
    private static let lastDay = 2_932_896

    /// `2024-05-17`, `13:45:00` or both with a space between; nil for what is no date.
    func text(_ serial: Double, hasDay: Bool, hasTime: Bool) -> String? {
        guard serial >= 0, serial < 3_000_000 else { return nil }
        var day = Int(serial)
        var second = Int(((serial - Double(day)) * 86_400).rounded())
        if second == 86_400 { (day, second) = (day + 1, 0) }
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        // Under a format for times, a number below one day is a time and no day.
        if !hasDay, day == 0 { return time }
        guard let date = date(day) else { return nil }
        return hasTime ? "\(date) \(time)" : date
    }

    private func date(_ serial: Int) -> String? {
        let since1970: Int
        if startsIn1904 {
            since1970 = serial - 24_107
        } else if serial == 60 {
            return "1900-02-29"
        } else {
            since1970 = serial - (serial < 60 ? 25_568 : 25_569)
        }
        return since1970 <= Self.lastDay ? Self.civil(since1970) : nil
    }

    /// The day of the Gregorian calendar, counted in eras of 400 years that begin on 1 March.
    private static func civil(_ since1970: Int) -> String {
        let shifted = since1970 + 719_468
        let era = shifted / 146_097
        let day = shifted % 146_097
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let civilYear = year + era * 400 + (month <= 2 ? 1 : 0)
        let text = String(civilYear)
        return String(repeating: "0", count: max(0, 4 - text.count)) + "\(text)-\(two(month))-\(two(dayOfMonth))"
    }
}

/// Two digits at least.
private func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : String(number)
}
