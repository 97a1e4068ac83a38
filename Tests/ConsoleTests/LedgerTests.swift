import Domain
import Testing

@testable import Console

@Suite struct `The ledger's page` {
    private let context: PageContext

    init() throws {
        context = try SampleWorld(.english).context
    }

    @Test func `says that everything is accounted for when each sum is right`() {
        let figures = LedgerPage(LedgerSamples.busy, span: .hour, in: context).figures

        #expect(figures.isBalanced)
        #expect((figures.updates + figures.connections).map(\.verdict) == Array(repeating: "Balanced", count: 6))
    }

    @Test func `says by how much a sum is wrong, in words and not by colour alone`() {
        let figures = LedgerPage(LedgerSamples.broken, span: .hour, in: context).figures

        #expect(!figures.isBalanced)
        #expect(figures.headline == "The figures do not add up")
        #expect(figures.updates.map(\.verdict) == ["Balanced", "Off by 2", "Balanced", "Balanced"])
    }

    @Test func `leads from each figure that asks for work to its rows`() {
        let figures = LedgerPage(LedgerSamples.busy, span: .hour, in: context).figures
        let links = figures.connections[0].parts.compactMap(\.url)

        #expect(links == ["/dead-letters?connection=\(id(301) as ConnectionID)"])
        #expect(figures.connections[1].parts.compactMap(\.url) == [])
        #expect(figures.differences.map(\.figure) == ["227", "8", "9", "11", "2", "18"])
    }

    @Test func `leads from what found no place to the rows of its own kind`() {
        let figures = LedgerPage(LedgerSamples.busy, span: .hour, in: context).figures

        #expect(
            figures.updates.flatMap { $0.parts.compactMap(\.url) } == [
                "/unrouted?kind=body", "/unrouted?kind=message", "/unrouted?kind=status", "/unrouted?kind=other",
            ])
    }

    @Test func `reads an equation aloud as a sentence`() {
        let figures = LedgerPage(LedgerSamples.busy, span: .hour, in: context).figures

        #expect(figures.updates[0].sentence == "12,481 received = 12,470 interpreted + 8 waiting + 3 unrouted")
    }

    @Test func `draws a chart only from figures that exist`() {
        let chart = MinuteChart([], in: context)

        #expect(!chart.hasData)
        #expect(chart.columns.isEmpty && chart.marks.isEmpty)
    }

    @Test func `says how many messages of both directions a CRM's figure is of`() {
        let figures = LedgerPage(LedgerSamples.busy, span: .hour, in: context).figures

        #expect(figures.destinations.map(\.figure) == ["5,871", "5,902"])
        #expect(figures.destinations[1].note == "of 5,902 received and sent")
        #expect(figures.connections[1].total.label == "received and sent")
    }

    @Test(arguments: [(0, "0"), (1, "less than 0.1"), (3, "0.1"), (30, "0.5"), (60, "1"), (600, "10")])
    func `does not call little nothing`(messages: Int, average: String) {
        var minutes = (0..<60).map { MinuteFacts(at: ago(.minutes(60 - $0)), received: 0, recorded: 0) }
        minutes[7].received = messages

        let chart = MinuteChart(minutes, in: context)

        #expect(chart.summary == "\(messages) a minute at most, \(average) on average")
    }

    @Test func `draws hostile figures inside the chart`() {
        let minute = MinuteFacts(at: ago(.minutes(1)), received: .max, recorded: .min)
        let chart = MinuteChart([minute, minute], in: context)

        #expect(chart.columns.allSatisfy { $0.y == "12" })
    }

    @Test(arguments: [(Int64(50), Int64(100), true), (100, 100, true), (101, 100, false)])
    func `compares the slowest hundredth with the target`(p99: Int64, target: Int64, isWithin: Bool) {
        let view = DelayView(DelayFacts(hop: .answer, count: 1, p50: 1, p95: 2, p99: p99, target: target), in: context)

        #expect(view.isWithinTarget == isWithin)
    }
}
