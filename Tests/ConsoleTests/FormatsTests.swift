import Domain
import Foundation
import Testing

@testable import Console

@Suite struct `A figure on a page` {
    private let english: Formats
    private let spanish: Formats

    init() throws {
        english = try SampleWorld(.english).context.formats
        spanish = try SampleWorld(.spanish).context.formats
    }

    @Test(arguments: [
        (0, "0", "0"), (999, "999", "999"), (1_284, "1,284", "1284"), (12_481, "12,481", "12\u{202F}481"),
        (1_000_000, "1,000,000", "1\u{202F}000\u{202F}000"), (-2, "−2", "−2"),
        (Int.min, "−9,223,372,036,854,775,808", "−9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775\u{202F}808"),
    ])
    func `is grouped as the language groups`(value: Int, en: String, es: String) {
        #expect(english.number(value) == en)
        #expect(spanish.number(value) == es)
    }

    @Test func `is written in Spanish as the company's country writes it`() throws {
        let context = try SampleWorld(.spanish).context
        func formats(_ region: String) -> Formats {
            PageContext(words: context.words, zone: .gmt, now: SampleWorld.now, region: region).formats
        }

        #expect(formats("MX").number(1707) == "1,707")
        #expect(formats("MX").bytes(2_400_000) == "2.4\u{202F}MB")
        #expect(formats("ES").number(52_807) == "52\u{202F}807")
        #expect(formats("ES").bytes(2_400_000) == "2,4\u{202F}MB")
    }

    @Test(arguments: [
        (Int64(3), "3\u{202F}ms", "3\u{202F}ms"), (1_180, "1.2\u{202F}s", "1,2\u{202F}s"),
        (2_000, "2\u{202F}s", "2\u{202F}s"),
        (125_000, "2\u{202F}min", "2\u{202F}min"),
    ])
    func `a delay has the unit that fits it`(milliseconds: Int64, en: String, es: String) {
        #expect(english.delay(milliseconds: milliseconds) == en)
        #expect(spanish.delay(milliseconds: milliseconds) == es)
    }

    @Test(arguments: [
        (Int64(-5), "0\u{202F}s"), (59_999, "59\u{202F}s"), (4_440_000, "1\u{202F}h 14\u{202F}min"),
        (7_200_000, "2\u{202F}h"), (187_200_000, "2\u{202F}d 4\u{202F}h"),
    ])
    func `a length of time has at most two units`(milliseconds: Int64, text: String) {
        #expect(english.span(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [
        (Int64(-1), "0\u{202F}B"), (999, "999\u{202F}B"), (241_000, "241\u{202F}KB"), (2_412_000, "2.4\u{202F}MB"),
        (100_000_000, "100\u{202F}MB"), (3_500_000_000, "3.5\u{202F}GB"),
    ])
    func `a size is written as phones write it`(bytes: Int64, text: String) {
        #expect(english.bytes(bytes) == text)
    }

    @Test func `is written alike wherever it stands on a card`() throws {
        let words = try SampleWorld(.spanish).context.words
        let mexican = PageContext(words: words, zone: .gmt, now: SampleWorld.now, region: "MX")
        let spaniard = PageContext(words: words, zone: .gmt, now: SampleWorld.now, region: "ES")
        func errors(_ context: PageContext) -> ConnectionHealthView.Figure? {
            ConnectionHealthView(SyncSamples.head, SyncSamples.health(.none), in: context).figures
                .first { $0.label == context.words("sync.health.errors") }
        }

        #expect(errors(mexican)?.value.hasPrefix("0.74\u{202F}%") == true)
        #expect(errors(mexican)?.hint == "Por encima del límite de 0.5\u{202F}%")
        #expect(errors(spaniard)?.hint == "Por encima del límite de 0,5\u{202F}%")
        #expect(mexican.formats.decimal(tenths: 4) == "0.4" && spaniard.formats.decimal(tenths: 4) == "0,4")
    }

    @Test(arguments: [
        (Duration.milliseconds(100), nil as Int?, "4 of 5 at a time"), (.seconds(10), nil, "4 of 5 in 10\u{202F}s"),
        (.seconds(60), 5, "4 of 5 today"),
    ])
    func `of calls left has the window that the vendor has`(interval: Duration, daily: Int?, text: String) throws {
        let context = try SampleWorld(.english).context
        var health = SyncSamples.health(.none)
        health.rate = .init(
            remaining: 4, limit: 5, interval: interval, dailyRemaining: daily == nil ? nil : 4, dailyLimit: daily)

        let figures = ConnectionHealthView(SyncSamples.head, health, in: context).figures

        #expect(figures.first { $0.label == "Calls left" }?.value == text)
    }

    @Test(arguments: [(0, 2), (1, 2), (118, 120), (124, 140), (1_340, 1_400), (2_000, 2_000)])
    func `a chart ends at the next round figure`(value: Int, end: Int) {
        #expect(MinuteChart.roundedUp(value) == end)
    }
}
