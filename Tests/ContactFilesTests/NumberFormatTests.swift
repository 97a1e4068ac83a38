import Testing

@testable import ContactFiles

@Suite struct NumberFormatTests {
    @Test(arguments: [
        ("General", NumberFormat.general), ("0.00", .general), ("#,##0", .general), ("0%", .general), ("@", .general),
        ("0.00E+00", .general), ("_(* #,##0.00_);_(* \\(#,##0.00\\)", .general),
        ("[<=9999999]###\\-####;(###) ###\\-####", .general),
        ("yyyy-mm-dd", .date(hasDay: true, hasTime: false)), ("[$-404]e/m/d;@", .date(hasDay: true, hasTime: false)),
        ("d\"de\"mmmm", .date(hasDay: true, hasTime: false)),
        ("[$-F400]h:mm:ss\\ AM/PM", .date(hasDay: false, hasTime: true)),
        ("dd/mm/yy hh:mm", .date(hasDay: true, hasTime: true)), ("mmm", .date(hasDay: true, hasTime: false)),
        ("[h]:mm:ss", .date(hasDay: false, hasTime: true)), ("0\"Stück\"", .general), ("0", .general),
        ("\"yes\";\"no\"", .general),
    ])
    func `a format's kind follows from its code`(code: String, format: NumberFormat) {
        #expect(NumberFormat(code: code) == format)
    }

    @Test(arguments: [
        ("0000000000", "912345678", "0912345678"), ("\"+\"0", "34612345678", "+34612345678"),
        ("00-0000-0000", "223456789", "02-2345-6789"), ("(00) 0000-0000", "1123456789", "(11) 2345-6789"),
        ("+##", "34612345678", "+34612345678"), ("000", "1234", "1234"), ("000", "1.5", "1.5"), ("000", "", ""),
        ("###-####", "123", "-123"),
    ])
    func `patterns of digits give numbers their places`(code: String, number: String, text: String) throws {
        #expect(try #require(DigitPattern(code)).text(number) == text)
    }

    @Test(arguments: [
        ("0", "0"), ("007", "007"), ("-0", "0"), ("1E3", "1000"), ("1e+3", "1000"), ("1.5E-3", "0.0015"),
        ("12.30", "12.3"),
        ("12.", "12"), (".5", "0.5"), ("8.8691234567800004E11", "886912345678"),
        ("99999999999999999", "99999999999999999"),
        ("9.9999999999999999E15", "10000000000000000"), ("1E40", "1E40"), ("1E-50", "1E-50"),
        ("1E99999999999", "1E99999999999"),
        ("abc", "abc"), ("", ""), ("-", "-"), ("1.2.3", "1.2.3"), ("E5", "E5"), ("+5", "5"), ("0E5", "0"), ("1E", "1E"),
        ("NaN", "NaN"),
    ])
    func `numbers come out without an exponent`(written: String, text: String) {
        #expect(PlainNumber.text(written) == text)
    }

    @Test func `every day from 1900 to 9999 is the calendar's`() {
        let calendar = ExcelCalendar(startsIn1904: false)
        let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var serial = 61
        var (year, month, day) = (1900, 3, 1)
        var wrong = 0
        while year < 10_000 {
            let expected = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
            if calendar.text(Double(serial), hasDay: true, hasTime: false) != expected { wrong += 1 }
            serial += 1
            day += 1
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            if day > months[month - 1] + (month == 2 && isLeap ? 1 : 0) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(wrong == 0)
        #expect(calendar.text(Double(serial), hasDay: true, hasTime: false) == nil)
        #expect(calendar.text(60, hasDay: true, hasTime: false) == "1900-02-29")
        #expect(calendar.text(.nan, hasDay: true, hasTime: false) == nil)
        #expect(calendar.text(-1, hasDay: true, hasTime: false) == nil)
        #expect(calendar.text(45_429.999999, hasDay: true, hasTime: true) == "2024-05-18 00:00:00")
    }
}
