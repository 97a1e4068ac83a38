import Domain
import Testing

@Suite struct FieldValueTests {
    private static let spain = WritingHabits(region: "ES", language: .spanish)
    private static let mexico = WritingHabits(region: "MX", language: .spanish)
    private static let usa = WritingHabits(region: "US", language: .english)

    private func read(
        _ written: String, _ kind: FieldKind, _ habits: WritingHabits = spain, choices: [String] = []
    ) -> String? {
        // What cannot be read is nil here; the sentences have tests of their own.
        try? FieldValue.read(written, as: kind, choices: choices, habits: habits)?.text
    }

    @Test(
        "a number is read as its country writes it",
        arguments: [
            ("1.234,50", "1234.5", "1234.5"), ("1,234.50", "1234.5", "1234.5"), ("1.234", "1234", "1.234"),
            ("1,234", "1.234", "1234"), ("0.123", "0.123", "0.123"), ("0,5", "0.5", "0.5"), ("12,5", "12.5", "12.5"),
            ("$ 1 234,00", "1234", "1234"), ("1'234.5", "1234.5", "1234.5"), ("12.345.678", "12345678", "12345678"),
            ("− 3,5", "-3.5", "-3.5"), ("٣٫٥", "3.5", "3.5"), ("-0", "0", "0"), ("000120", "120", "120"),
            ("999999999999999", "999999999999999", "999999999999999"),
        ])
    func number(written: String, inSpain: String, inMexico: String) {
        #expect(read(written, .number) == inSpain)
        #expect(read(written, .number, Self.mexico) == inMexico)
    }

    @Test(
        "what is no number is refused",
        arguments: [
            "abc", "1.23.4", "1..2", "1,2,3", "1e5", "12,34.5", "1234567890123456", "--1", "1-2", ".", "5 kg",
        ])
    func noNumber(written: String) {
        #expect(read(written, .number) == nil)
        #expect(read(written, .number, Self.usa) == nil)
    }

    @Test func `a number carries its value`() throws {
        let value = try #require(try FieldValue.read("1.234,5", as: .number, habits: Self.spain))
        #expect(value.number == 1234.5)
        #expect(value.folded == "1234.5")
    }

    @Test(
        "a day is read in any usual writing",
        arguments: [
            "26/11/2026", "26-11-2026", "26.11.2026", "2026-11-26", "2026/11/26", "2026-11-26T10:00:00Z",
            "26/11/2026 14:30", "26 de noviembre de 2026", "lunes, 26 de nov. del 2026", "Nov 26, 2026",
            "26th of November 2026", "26-Nov-2026", "26 novembro 2026", "2026年11月26日", "11/26/2026", "٢٦/١١/٢٠٢٦",
        ])
    func day(written: String) {
        #expect(read(written, .date) == "2026-11-26")
    }

    @Test func `habits decide only where a day could be either`() {
        #expect(read("3/4/2026", .date) == "2026-04-03")
        #expect(read("3/4/2026", .date, Self.usa) == "2026-03-04")
        #expect(read("13/4/2026", .date, Self.usa) == "2026-04-13")
    }

    @Test(
        "what is no day is refused",
        arguments: [
            "31/2/2026", "29 feb 2023", "26/11/26", "hola", "26 11", "2026", "99/99/2026", "26/11/1799", "26/11/12026",
        ])
    func noDay(written: String) {
        #expect(read(written, .date) == nil)
    }

    @Test(
        "days are counted from 1970",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-26", 20_783),
            ("1870-01-01", -36_524),
        ])
    func counted(text: String, days: Int) throws {
        let date = try #require(CivilDate(days: days))
        #expect("\(date)" == text)
        #expect(date.days == days)
        #expect(CivilDate(date.start) == date)
    }

    @Test func `a day begins at the midnight of where one is, also when the clocks are changed on it`() throws {
        let day = try #require(CivilDate(year: 2026, month: 3, day: 8))
        let mexico = LocalDays { _ in .hours(-6) }
        #expect(mexico.start(of: day) == day.start + .hours(6))
        #expect(mexico.day(of: day.start) == CivilDate(year: 2026, month: 3, day: 7))
        // Five hours behind until 7:00 UTC, four from then on.
        let change = day.start + .hours(7)
        let newYork = LocalDays { $0 < change ? .hours(-5) : .hours(-4) }
        #expect(newYork.start(of: day) == day.start + .hours(5))
        #expect(newYork.day(of: day.start + .hours(5)) == day)
        let next = try #require(CivilDate(year: 2026, month: 3, day: 9))
        #expect(newYork.start(of: next) == next.start + .hours(4))
    }

    @Test func `every day of four centuries comes back from its number`() {
        for days in stride(from: -60_000, through: 80_000, by: 1) {
            #expect(CivilDate(days: days)?.days == days)
        }
    }

    @Test(
        "yes and no in any language",
        arguments: [
            ("sí", "yes"), ("SI", "yes"), ("Yes", "yes"), ("x", "yes"), ("✓", "yes"), ("1", "yes"), ("是", "yes"),
            ("no", "no"), ("No.", "no"), ("falso", "no"), ("0", "no"), ("não", "no"),
        ])
    func yesNo(written: String, text: String) {
        #expect(read(written, .yesNo) == text)
    }

    @Test func `a choice is found whatever its capitals and accents, and is kept as the field lists it`() {
        let choices = ["Básico", "Oro", "★"]
        #expect(read("basico", .choice, choices: choices) == "Básico")
        #expect(read("ORO ", .choice, choices: choices) == "Oro")
        #expect(read("★", .choice, choices: choices) == "★")
        #expect(read("Plata", .choice, choices: choices) == nil)
    }

    @Test func `a text is tidied, kept whole and folded in short`() throws {
        let text = String(repeating: "ñ", count: 2000)
        let value = try #require(try FieldValue.read("  \(text)\u{1}\r\n ", as: .text, habits: Self.spain))
        #expect(value.text == text)
        #expect(value.folded == String(repeating: "n", count: 100))
        #expect(read("a\r\nb", .text) == "a\nb")
        #expect(read(" \n ", .text) == nil)
        #expect(read(text + "x", .text) == nil)
    }

    @Test func `a refusal says what would be right, in both languages`() {
        let problem = #expect(throws: PuenteError.self) {
            try FieldValue.read("Plata", as: .choice, choices: ["Oro", "Básico"], habits: Self.spain)
        }
        #expect(problem?.detail == "field_value")
        #expect(problem?.message.en == "“Plata” is none of the choices: Oro, Básico.")
        #expect(problem?.message.es == "«Plata» no es ninguna de las opciones: Oro, Básico.")
    }

    @Test(
        "a field's key is for programs",
        arguments: [
            ("Fecha de compra", "fecha_de_compra"), ("Cumpleaños", "cumpleanos"), ("3 años", "field_3_anos"),
            ("生日", "field"), ("  A  /  B ", "a_b"),
        ])
    func key(name: String, key: String) throws {
        #expect(try FieldDraft(name: name, kind: .text).key == key)
    }

    @Test func `choices are distinct, and only a choice has them`() throws {
        #expect(
            try FieldDraft(name: "Nivel", kind: .choice, choices: ["Oro", " ", "Plata "]).choices == ["Oro", "Plata"])
        #expect(throws: PuenteError.self) { try FieldDraft(name: "Nivel", kind: .choice, choices: ["Oro", "oró"]) }
        #expect(throws: PuenteError.self) { try FieldDraft(name: "Nivel", kind: .choice) }
        #expect(throws: PuenteError.self) { try FieldDraft(name: "Nivel", kind: .text, choices: ["Oro"]) }
        #expect(throws: PuenteError.self) { try FieldDraft(name: " ", kind: .text) }
    }
}
