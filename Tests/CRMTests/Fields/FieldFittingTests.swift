import Domain
import Testing

@testable import CRM

@Suite struct FieldFittingTests {
    private let fitting = FieldFitting(vendor: "Acme")

    private func field(
        _ shape: FieldShape, maxLength: Int? = nil, choices: [String] = [], isWritable: Bool = true
    ) -> RemoteField {
        RemoteField(
            name: "f", label: "F", shape: shape, isWritable: isWritable, maxLength: maxLength, choices: choices)
    }

    private func value(_ text: String, _ field: RemoteField) -> MappedValue? {
        do throws(CallFailure) {
            return try fitting.value(text, of: field)
        } catch {
            #expect(error.code == CallFailure.RecordCode.fieldValue)
            return nil
        }
    }

    @Test func `each kind has one writing`() {
        #expect(value(" ", field(.number)) == .empty)
        #expect(value("0012.50", field(.number)) == .number("12.5"))
        #expect(value("yes", field(.yesNo)) == .flag(true))
        #expect(value("withdrawn", field(.yesNo)) == .flag(false))
        #expect(value("2026-11-26T10:00:00Z", field(.date)) == .date("2026-11-26"))
        #expect(value("2026-11-20T10:30:00+01:00", field(.moment)) == .moment(morning))
        #expect(value("b; a;B", field(.set)) == .words(["b", "a"]))
        #expect(value("17", field(.other)) == .text("17"))
    }

    @Test func `what does not fit is refused`() {
        #expect(value("twelve", field(.number)) == nil)
        #expect(value("0x10", field(.number)) == nil)
        #expect(value("nan", field(.number)) == nil)
        #expect(value("2026-02-30", field(.date)) == nil)
        #expect(value("yesterday", field(.moment)) == nil)
        #expect(value("perhaps", field(.yesNo)) == nil)
        #expect(value("nobody", field(.email)) == nil)
        #expect(value("call me", field(.phone)) == nil)
        #expect(value("https://example.com/long", field(.url, maxLength: 10)) == nil)
        #expect(value("Blue", field(.choice, choices: ["Red", "Green"])) == nil)
        #expect(value("Red;Blue", field(.set, choices: ["Red", "Green"])) == nil)
    }

    @Test func `choices are spelled as the CRM has them`() {
        #expect(value("red", field(.choice, choices: ["Red"])) == .text("Red"))
        #expect(value("es", field(.language, choices: ["en_US", "es_MX", "es_ES"])) == .text("es_ES"))
        #expect(value("es-MX", field(.language, choices: ["en_US", "es_MX", "es_ES"])) == .text("es_MX"))
        #expect(value("es-AR", field(.language, choices: ["en", "es"])) == .text("es"))
        #expect(value("de", field(.language, choices: ["en_US", "es_ES"])) == nil)
        #expect(value("es", field(.choice, choices: ["-None-", "en_US", "es_ES"])) == .text("es_ES"))
        // A short word is not the beginning of another choice.
        #expect(value("new", field(.choice, choices: ["new-customer", "old-customer"])) == nil)
    }

    @Test func `what a field will hold of a text is known before it is written`() {
        #expect(field(.text, maxLength: 5).held("Ana Gómez") == "Ana G")
        #expect(field(.choice, choices: ["Red"]).held("red") == "Red")
        #expect(field(.choice, choices: ["Red"]).held("Blue") == "Blue")
        #expect(field(.language, choices: ["en_US", "es_ES"]).held("es") == "es_ES")
        #expect(field(.url, maxLength: 5).held("https://example.com") == "https://example.com")
        let book = FieldBook([DescribedField(field: field(.text, maxLength: 3), kind: "string")])
        #expect(book.held("Lucía", by: "f") == "Luc")
        #expect(book.held("Lucía", by: "g") == "Lucía")
    }

    @Test func `values are compared by the fields as they were read last, while those are to be read again`() {
        var kept = KeptFields<FieldBook>()
        #expect(kept.last == nil)
        let book = FieldBook([DescribedField(field: field(.text, maxLength: 3), kind: "text")])
        kept.known = book
        kept.known = nil
        #expect(kept.known == nil)
        #expect(kept.last == book)

        let memory = OdooMemory()
        memory.learn { $0.partnerBook = book }
        memory.forget()
        #expect(memory.known.partnerBook == nil)
        #expect(memory.known.lastPartnerBook == book)
    }

    @Test func `long texts are cut between characters`() {
        #expect(value("Ana 👩‍👩‍👧 Gómez", field(.text, maxLength: 6)) == .text("Ana "))
        #expect(value("Ana Gómez", field(.text, maxLength: 5)) == .text("Ana G"))
    }

    @Test func `fields that cannot be written, or are not there, are named`() {
        let book = FieldBook([DescribedField(field: field(.text, isWritable: false), kind: "text")])
        func code(_ texts: [String: String]) -> String? {
            do throws(CallFailure) {
                _ = try fitting.values(texts, in: book)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(["f": "x"]) == CallFailure.RecordCode.fieldValue)
        #expect(code(["g": "x"]) == CallFailure.RecordCode.unknownField)
        #expect(code([:]) == nil)
    }

    @Test func `markup is written for text, and read without`() {
        let text = "5 < 6 & \"so\"\non"
        #expect(PlainHTML.written(text) == "5 &lt; 6 &amp; &quot;so&quot;<br>on")
        #expect(PlainHTML.read("<p>\(PlainHTML.written(text))</p>") == text)
        #expect(PlainHTML.read("<div>One</div><div>&amp;lt; two</div>") == "One\n&lt; two")
    }

    @Test func `a book is read again for names that it lacks, though not with every call`() {
        let now = ContinuousClock.now
        let book = FieldBook([DescribedField(field: field(.text), kind: "text")], readAt: now)
        #expect(!book.isStale(for: ["g"], now: now + .seconds(5)))
        #expect(book.isStale(for: ["g"], now: now + .seconds(60)))
        #expect(!book.isStale(for: ["f"], now: now + .seconds(60)))
        #expect(book.isStale(for: ["f"], now: now + .minutes(11)))
    }
}
