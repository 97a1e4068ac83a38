import Domain
import Foundation
import Testing

@testable import puente

@Suite struct `Figures of a report` {
    @Test func `group in a way that is read alike in every country of the language`() {
        #expect(Figures(.english).number(1707) == "1,707")
        #expect(Figures(.spanish).number(1707) == "1707")
        #expect(Figures(.spanish).number(1_234_567) == "1\u{202F}234\u{202F}567")
        #expect(Figures(.spanish).number(-52_807) == "-52\u{202F}807")
    }

    @Test func `tell a time as people write it, where they are`() throws {
        let moment = Timestamp(milliseconds: 1_795_042_920_000)  // 2026-11-18, 23:02 UTC
        let mexico = try #require(TimeZone(identifier: "America/Mexico_City"))
        let taipei = try #require(TimeZone(identifier: "Asia/Taipei"))

        #expect(Figures(.english).time(moment, in: mexico) == "18 Nov 2026, 17:02")
        #expect(Figures(.spanish).time(moment, in: mexico) == "18 nov 2026, 17:02")
        #expect(Figures(.english).time(moment, in: taipei) == "19 Nov 2026, 07:02")
    }
}
