import ContactFiles
import Domain
import Foundation
import Store
import Testing

@testable import Pipeline

/// What a row says beside names, numbers and addresses.
@Suite struct RowDetailsTests {
    private static let plan = ImportPlan(
        reading: ReadingPlan(kind: .delimited),
        columns: [
            .init(heading: "Tel", use: .meaning(.phone)), .init(heading: "Idioma", use: .meaning(.language)),
            .init(heading: "Notas", use: .meaning(.notes)), .init(heading: "Etiquetas", use: .meaning(.labels)),
            .init(heading: "Acepta", use: .meaning(.consent)), .init(heading: "Baja", use: .meaning(.optedOut)),
            .init(heading: "Gasto", use: .field("spent")), .init(heading: "Nacimiento", use: .meaning(.birthday)),
        ], region: "MX")

    private static let fields = [
        ImportField(key: "spent", name: "Gasto", kind: .number),
        ImportField(key: "birthday", name: "Nacimiento", kind: .date),
    ]

    private func judge(_ cells: String...) -> (person: ImportedPerson?, notes: [String]) {
        var judge = ImportJudge(Self.plan, fields: Self.fields)
        let item = judge.judge(.row(FileRow(number: 2, line: 2, cells: ["5512345678"] + cells)))
        guard case .accepted(let person) = item.row.judgement else { return (nil, []) }
        return (person, item.row.notes.map(\.code))
    }

    @Test func `everything is read`() {
        let (person, notes) = judge(
            "Español (México)", "  Llamar\n tarde ", "VIP; vip ,Feria", "Sí", "no", "1,234.50", "26/11/1990")

        #expect(person?.note == "Llamar\ntarde")
        #expect(person?.labels == ["VIP", "Feria"])
        #expect(person?.agreed == true)
        #expect(person?.optedOut == nil)
        #expect(person?.fields?.map(\.value.text) == ["1234.5", "1990-11-26"])
        #expect(notes == ["language_unknown"])
    }

    @Test func `a label that is too long is cut, and the row says so`() {
        let long = String(repeating: "larga ", count: 12).trimmingCharacters(in: .whitespaces)

        let (person, notes) = judge("", "", "VIP; \(long)", "", "", "", "")

        #expect(person?.labels == ["VIP", String(long.prefix(60))])
        #expect(notes == ["label_cut"])
    }

    @Test func `what cannot be understood is left out and noted, and no consent is made of it`() {
        let (person, notes) = judge("es-MX", "", "", "quizá", "2023-05-01", "mucho", "mañana")

        #expect(person?.language == "es_MX")
        #expect(person?.agreed == false)
        #expect(person?.optedOut == true)
        #expect(person?.fields == nil)
        #expect(
            notes == [
                "consent_unclear", "opt_out_assumed", "field_left_out.spent", "field_left_out.birthday",
            ])
    }

    @Test(
        arguments: [
            ("sí", true, nil, []), ("no", false, nil, []), ("FALSE", false, nil, []), ("declined", false, nil, []),
            ("quizá", false, nil, ["consent_unclear"]), ("unsubscribed", false, true, []), ("Baja", false, true, []),
            ("dado de baja", false, true, []), ("退訂", false, true, []), ("", nil, nil, []),
        ] as [(String, Bool?, Bool?, [String])])
    func `a no in the consent column is kept, and who unsubscribed opts out`(
        cell: String, agreed: Bool?, optedOut: Bool?, marks: [String]
    ) {
        let (person, notes) = judge("", "", "", cell, "", "", "")

        #expect(person?.agreed == agreed)
        #expect(person?.optedOut == optedOut)
        #expect(notes == marks)
    }

    @Test(
        arguments: [
            ("BAJA", true, []), ("Opted out", true, []), ("退訂", true, []), ("declined", true, []), ("x", true, []),
            ("rebotó", true, ["opt_out_assumed"]), ("subscribed", nil, []), ("Opt-in", nil, []), ("訂閱", nil, []),
            ("0", nil, []), ("–", nil, []), ("", nil, []),
        ] as [(String, Bool?, [String])])
    func `what stands in a column of opt-outs is read as an answer to that`(
        cell: String, optedOut: Bool?, marks: [String]
    ) {
        let (person, notes) = judge("", "", "", "", cell, "", "")

        #expect(person?.optedOut == optedOut)
        #expect(notes == marks)
    }

    @Test(arguments: [
        ("es", "es"), ("ES-mx", "es_MX"), ("pt_BR", "pt_BR"), ("Español", "es"), ("中文", "zh"), ("zh-Hant-TW", "zh_TW"),
        ("inglés", "en"), ("xx", nil), ("-", nil), ("Klingon", nil),
    ])
    func `a language is read in any habit of writing`(written: String, tag: String?) {
        #expect(LanguageTag(written)?.text == tag)
    }

    @Test func `consent has its words, and counts from no day to come`() throws {
        let now = try #require(Timestamp(day: "2026-11-26"))
        var options = ImportOptions()
        options.consent = .init(of: .everybody, words: " ", source: "Feria")
        #expect(throws: PuenteError.consentWithoutWords) { try options.check(at: now) }
        // Where the day begins first it is the next one already.
        for (day, isPast) in [("2026-11-26", true), ("2026-11-27", false), ("2099-01-01", false)] {
            options.consent = .init(of: .column, words: "Acepto.", source: "Feria", at: Timestamp(day: day))
            if isPast {
                try options.check(at: now)
            } else {
                #expect(throws: PuenteError.consentInFuture) { try options.check(at: now) }
            }
        }
        try options.check(at: now + .days(30_000))
        options.consent?.at = now + .hours(14)
        try options.check(at: now)
    }

    @Test func `a plan needs a column that tells people apart, and each meaning once`() {
        var plan = Self.plan
        plan.columns[0].use = .leftOut
        #expect(throws: PuenteError.noHandleColumn) { try plan.check() }
        plan.columns[0].use = .meaning(.phone)
        plan.columns[1].use = .field("spent")
        #expect(throws: PuenteError.columnUsedTwice(.field("spent"))) { try plan.check() }
        plan.columns[1].use = .leftOut
        plan.region = "Atlantis"
        #expect(throws: PuenteError.unknownRegion) { try plan.check() }
    }

    @Test(arguments: [
        (ColumnUse.leftOut, "left_out"), (.meaning(.optedOut), "opted_out"), (.field("spent"), "field:spent"),
    ])
    func `a use is its text`(use: ColumnUse, text: String) {
        #expect(use.description == text)
        #expect(ColumnUse(text) == use)
        #expect(ColumnUse("nothing such") == nil)
    }

    @Test func `a field is called after its heading, and no two the same`() {
        let first = ImportField.named("Ciudad de origen", kind: .text, besides: [])
        let second = ImportField.named("Ciudad de origen", kind: .date, besides: [first])
        let company = ImportField.named("company", kind: .text, besides: [])

        #expect(first.key == "ciudad_de_origen")
        #expect(second.key == "ciudad_de_origen_2")
        #expect(company.key == "company_2")
    }
}
