import Domain
import Metrics
import Testing

@testable import Pipeline
@testable import puente

@Suite struct `The metrics` {
    @Test func `are written as Prometheus reads them`() {
        let book = MetricsBook()
        Counter(label: "puente_calls", dimensions: [("outcome", "2xx")], factory: book).increment(by: 3)
        Meter(label: "puente_depth", factory: book).set(2.5)
        Timer(label: "puente_took", factory: book).recordNanoseconds(20_000_000)

        let text = PrometheusText.write(book.samples())

        #expect(text.contains("# TYPE puente_calls_total counter\npuente_calls_total{outcome=\"2xx\"} 3\n"))
        #expect(text.contains("# TYPE puente_depth gauge\npuente_depth 2.5\n"))
        #expect(text.contains("# TYPE puente_took_seconds histogram\npuente_took_seconds_bucket{le=\"0.001\"} 0\n"))
        #expect(text.contains("puente_took_seconds_bucket{le=\"0.025\"} 1\n"))
        #expect(text.contains("puente_took_seconds_bucket{le=\"+Inf\"} 1\n"))
        #expect(text.contains("puente_took_seconds_sum 0.02\npuente_took_seconds_count 1\n"))
    }

    @Test func `escape what stands in labels, and names that are none`() {
        let text = PrometheusText.write([.gauge("1 bad-name", [("la-bel", "a\"b\\c\nd")], 1.0)])

        #expect(text == "# TYPE _1_bad_name gauge\n_1_bad_name{la_bel=\"a\\\"b\\\\c\\nd\"} 1\n")
    }

    @Test func `keep a bound on what labels can make of a name`() {
        let book = MetricsBook()
        for host in 0..<1000 {
            Counter(label: "calls", dimensions: [("host", "h\(host)")], factory: book).increment()
        }

        let samples = book.samples()
        #expect(samples.count == MetricsBook.maxSeries + 1)
        let other = samples.first { $0.labels.first?.value == "other" }
        guard case .counter(let count)? = other?.value else {
            Issue.record("nothing is counted under other")
            return
        }
        #expect(count == 800)
    }

    @Test func `show each lane to a destination for itself`() {
        let book = MetricsBook()
        let lanes = [Lane.number(NumberID(rawValue: 1)), .media(NumberID(rawValue: 1))]
        let gauges = lanes.map { CircuitGauge(url: "https://graph.facebook.com/v25.0", lane: $0, factory: book) }
        gauges[0].show(isOpen: true)
        gauges[1].show(isOpen: false)

        let text = PrometheusText.write(book.samples())

        for (lane, value) in zip(lanes, [1, 0]) {
            let labels = "{destination=\"graph.facebook.com\",lane=\"\(lane)\"}"
            #expect(text.contains("puente_circuit_open\(labels) \(value)\n"))
        }
    }

    @Test func `go on counting where the last user of a name left off`() {
        let book = MetricsBook()
        for _ in 0..<3 { Counter(label: "calls", factory: book).increment() }

        #expect(PrometheusText.write(book.samples()).contains("calls_total 3\n"))
    }
}

@Suite struct `The address of a database` {
    @Test(arguments: [
        ("postgresql://puente@db1/puente", false), ("postgresql://puente:a,b@db1/puente", false),
        ("postgresql://puente@db1,db2/puente", true), ("postgresql://puente@db1:5432,db2:5433/puente?x=1", true),
        ("postgresql:///puente?host=db1,db2", true), ("postgresql:///puente?host=/run/postgresql", false),
        ("sqlite:a,b.db", false),
    ])
    func `tells whether the database may move to another host`(text: String, expected: Bool) {
        #expect(DatabaseAddress(text, password: nil, folder: "/")?.namesSeveralHosts == expected)
    }
}
