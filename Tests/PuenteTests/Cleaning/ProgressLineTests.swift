import Domain
import Testing

@testable import puente

@Suite struct ProgressLineTests {
    @Test func `rows, share, rate and the time that is left stand in one line`() {
        let line = ProgressLine(rows: 250_000, share: 0.25, elapsed: .seconds(5)).text

        #expect(line.en == "250,000 rows · 25.0 % · 50,000 rows/s · 15 s left")
        #expect(line.es == "250\u{202F}000 filas · 25,0 % · 50\u{202F}000 filas/s · quedan 15 s")
    }

    @Test func `nothing is foretold from too little, and long waits are told in minutes`() {
        #expect(ProgressLine(rows: 500, share: 0.001, elapsed: .seconds(1)).text.en == "500 rows · 0.1 % · 500 rows/s")
        #expect(ProgressLine(rows: 500, share: 0.5, elapsed: .zero).text.en == "500 rows · 50.0 %")
        #expect(ProgressLine(rows: 1, share: 0.5, elapsed: .seconds(90)).text.en.hasSuffix("1 min 30 s left"))
    }
}
