import Domain
import Testing

@Suite struct FieldTransformTests {
    private let context = TransformContext(
        phone: { text, form in
            let digits = text.filter(\.isNumber)
            guard digits.count >= 8 else { return nil }
            return switch form {
            case .e164, .international: "+\(digits)"
            case .digits: digits
            case .national: String(digits.dropFirst(2))
            }
        },
        variable: { ["first_name": "Lucía", "city": ""][$0] })

    @Test func `each works towards the CRM`() {
        func forth(_ transform: FieldTransform, _ text: String) -> String? { transform.forth(text, context) }
        #expect(forth(.letters(.upper), "garcía") == "GARCÍA")
        #expect(forth(.letters(.title), "lucía gómez DE la o") == "Lucía Gómez De La O")
        #expect(forth(.phone(.digits), "+34 600 111 222") == "34600111222")
        #expect(forth(.phone(.e164), "call me") == nil)
        #expect(forth(.date(.dayMonthYear), "2026-11-07") == "07/11/2026")
        #expect(forth(.date(.monthDayYear), "2026-11-07T10:00:00Z") == "11/07/2026")
        #expect(forth(.date(.dayMonthYear), "soon") == nil)
        #expect(forth(.part(1, separator: " "), "Lucía Gómez Ruiz") == "Lucía")
        #expect(forth(.part(2, separator: " "), "Lucía Gómez Ruiz") == "Gómez")
        #expect(forth(.part(2, separator: ", "), "Lucía") == "")
        #expect(forth(.template("Sra. {{first_name}} ({{city|¿?}})"), "") == "Sra. Lucía (¿?)")
    }

    @Test func `of a moment the day is written that it was where the company works`() {
        let madrid = TransformContext(
            phone: { _, _ in nil }, variable: { _ in nil }, days: LocalDays { _ in .seconds(3600) })
        let date = FieldTransform.date(.dayMonthYear)

        #expect(date.forth("2026-11-07T23:30:00Z", madrid) == "08/11/2026")
        #expect(date.forth("2026-11-07T22:30:00Z", madrid) == "07/11/2026")
        #expect(date.forth("2026-11-07", madrid) == "07/11/2026")
    }

    @Test func `a choice table reads both ways, and what it does not list is left alone`() {
        let table = FieldTransform.choices(
            [.init(ours: "granted", theirs: "Sí"), .init(ours: "withdrawn", theirs: "No")], otherwise: nil)
        #expect(table.forth("Granted", context) == "Sí")
        #expect(table.forth("unknown", context) == nil)
        #expect(table.back("no", context) == "withdrawn")
        #expect(table.back("quizás", context) == nil)
        let lenient = FieldTransform.choices([.init(ours: "a", theirs: "A1")], otherwise: "other")
        #expect(lenient.forth("z", context) == "other")
        #expect(lenient.back("other", context) == nil)
    }

    @Test func `a row goes through its transforms one way and back the other`() {
        let row = MappingRow(
            local: .phone, remote: "Phone", direction: .both, rule: .newest,
            transforms: [.phone(.digits), .choices([.init(ours: "34600111222", theirs: "the boss")], otherwise: nil)])
        #expect(row.forth("+34 600 111 222", context) == "the boss")
        #expect(row.back("The Boss", context) == "+34600111222")
    }

    @Test func `a fallback is told where nothing is said, and never comes back as news`() {
        let row = MappingRow(
            local: .lastName, remote: "LastName", direction: .both, rule: .crmWins, fallback: "(WhatsApp)")
        #expect(row.forth("", context) == "(WhatsApp)")
        #expect(row.forth("Gómez", context) == "Gómez")
        #expect(row.back("(WhatsApp)", context) == nil)
        #expect(row.back("Gómez", context) == "Gómez")
    }

    @Test func `what says nothing after its transforms is no fault`() {
        func row(_ transforms: FieldTransform...) -> MappingRow {
            MappingRow(
                local: .name, remote: "f", direction: .toCRM, rule: .puenteWins, transforms: transforms,
                fallback: "(nada)")
        }
        #expect(row(.part(2, separator: " ")).rewritten("Lucía", context) == "")
        #expect(row(.template("en {{city}}"), .phone(.digits)).rewritten("Lucía", context) == "")
        #expect(row(.template("en {{nobody}}")).rewritten("Lucía", context) == nil)
        #expect(row(.phone(.digits)).rewritten("call me", context) == nil)
        #expect(row(.part(2, separator: " ")).forth("Lucía", context) == "(nada)")
        #expect(row(.phone(.digits), .template("{{first_name}}")).rewritten("", context) == "Lucía")
    }

    @Test func `templates say all or nothing`() {
        func filled(_ text: String) -> String? { MappingTemplate(text).filled(context.variable) }
        #expect(filled("Hola") == "Hola")
        #expect(filled("{{city}}") == nil)
        #expect(filled("{{ first_name }}!") == "Lucía!")
        #expect(filled("{{nobody}}") == nil)
        #expect(filled("{{city|Madrid}}") == "Madrid")
        #expect(filled("{{open") == "{{open")
        #expect(filled("{{city|first_name|somebody}}") == "Lucía")
        #expect(filled("{{city|somebody}}") == "somebody")
        #expect(filled("{{city|city}}") == nil)
        #expect(MappingTemplate("a {{b}} c {{d|e}}").variables == ["b", "d"])
    }
}
