import Domain
import Testing

@testable import Console

@Suite struct `A value that sync shows` {
    private let context: PageContext

    init() throws {
        context = try SampleWorld(.spanish).context
    }

    @Test(arguments: ["2026-11-18T23:02:00Z", "2026-11-18T23:02:00.000Z", "2026-11-19T01:02:00+02:00"])
    func `is a moment in the reader's zone, however the CRM writes it`(written: String) {
        #expect(SyncValueText(written, of: .lastInboundAt, in: context).text == "18 nov 2026, 17:02:00")
    }

    @Test func `is what was written where it is no moment`() {
        #expect(SyncValueText("2026-11-18T23:02:00Z", of: .note, in: context).text == "2026-11-18T23:02:00Z")
        #expect(SyncValueText("ayer", of: .lastInboundAt, in: context).text == "ayer")
        #expect(SyncValueText("", of: .lastInboundAt, in: context).isBlank)
    }

    @Test func `is of a field that is called as in the mapping`() throws {
        let english = try SampleWorld(.english).context

        for field in LocalField.common {
            #expect(LocalFieldFacts(field).title(in: english) == field.title?.en)
        }
        #expect(LocalFieldFacts(.custom(id(9))).title(in: english) == "A field that is gone")
    }
}
