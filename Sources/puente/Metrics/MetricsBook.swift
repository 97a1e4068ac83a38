import Metrics
import Synchronization

/// Keeps what the program counts, for `/metrics`: the process's backend of swift-metrics.
///
/// A name has at most ``maxSeries`` sets of labels; what comes beyond is counted under the label value `other`, so that
/// nothing from outside (a host, a path) can make it grow. docs/decisions/0008 says why it is ours.
final class MetricsBook: MetricsFactory {
    static let maxSeries = 200

    /// One for the process, as swift-metrics is: the first use installs it.
    static let installed: MetricsBook = {
        let book = MetricsBook()
        MetricsSystem.bootstrap(book)
        return book
    }()

    struct Key: Hashable {
        let name: String
        let labels: [MetricLabel]
    }

    private struct State {
        var counters: [Key: CounterSeries] = [:]
        var gauges: [Key: GaugeSeries] = [:]
        var histograms: [Key: HistogramSeries] = [:]
        var seriesOfName: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Everything there is now.
    func samples() -> [MetricSample] {
        let state = state.withLock { $0 }
        let counters = state.counters.map { MetricSample.counter($0.key, $0.value.value) }
        let gauges = state.gauges.map { MetricSample.gauge($0.key, $0.value.value) }
        return counters + gauges + state.histograms.map { MetricSample.histogram($0.key, $0.value.value) }
    }

    // MARK: MetricsFactory

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, \.counters, CounterSeries())
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, \.gauges, GaugeSeries())
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        if aggregate { return series(label, dimensions, \.histograms, HistogramSeries()) }
        return series(label, dimensions, \.gauges, GaugeSeries())
    }

    /// In seconds, whatever unit it was recorded in.
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions, \.histograms, HistogramSeries())
    }

    // A series lives as long as the process: what it counted stays true when its user is gone.
    func destroyCounter(_: any CounterHandler) {}
    func destroyMeter(_: any MeterHandler) {}
    func destroyRecorder(_: any RecorderHandler) {}
    func destroyTimer(_: any TimerHandler) {}

    private func series<Series: Sendable>(
        _ name: String, _ dimensions: [(String, String)], _ path: WritableKeyPath<State, [Key: Series]>,
        _ fresh: @autoclosure () -> Series
    ) -> Series {
        let key = Key(name: name, labels: dimensions.map(MetricLabel.init))
        return state.withLock { state in
            if let known = state[keyPath: path][key] { return known }
            let isFull = state.seriesOfName[name, default: 0] >= Self.maxSeries
            let place = isFull ? Key(name: name, labels: key.labels.map { $0.with("other") }) : key
            if let known = state[keyPath: path][place] { return known }
            let made = fresh()
            state[keyPath: path][place] = made
            state.seriesOfName[name, default: 0] += 1
            return made
        }
    }
}

struct MetricLabel: Hashable, Sendable {
    let name: String
    let value: String

    init(_ dimension: (String, String)) {
        name = dimension.0
        value = dimension.1
    }

    func with(_ value: String) -> MetricLabel { MetricLabel((name, value)) }
}
