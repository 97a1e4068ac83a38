import Domain
import Testing

@testable import Console

@Suite struct FieldTextTests {
    @Test(arguments: [
        ("1234.5", "1,234.5", "1.234,5"), ("0.125", "0.125", "0,125"), ("999", "999", "999"),
        ("-1234567", "−1,234,567", "−1.234.567"), ("123456.1234", "123,456.1234", "123.456,1234"), ("", "", ""),
    ])
    func `a number is shown with the marks that the company's forms read`(
        kept: String, mexico: String, spain: String
    ) throws {
        let context = try SampleWorld(.spanish).context
        for (region, shown) in [("MX", mexico), ("ES", spain)] {
            let habits = WritingHabits(region: region, language: .spanish)
            #expect(FieldText(habits).shown(kept, .number, in: context) == shown)
            guard !kept.isEmpty else { continue }
            let read = try FieldValue.read(shown, as: .number, habits: habits)
            #expect(read?.text == kept)
        }
    }

    @Test func `where the region is not known the reader's language decides`() throws {
        let (english, spanish) = (try SampleWorld(.english).context, try SampleWorld(.spanish).context)

        #expect(FieldText(english.habits).shown("1234.5", .number, in: english) == "1,234.5")
        #expect(FieldText(spanish.habits).shown("1234.5", .number, in: spanish) == "1.234,5")
    }

    @Test func `the form holds a number without groups`() {
        #expect(FieldText(WritingHabits(region: "ES", language: .spanish)).written("1234.5", .number) == "1234,5")
    }
}
