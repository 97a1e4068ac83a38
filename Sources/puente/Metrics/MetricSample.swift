/// One series as it stands, or a figure that was asked for at this moment.
struct MetricSample: Sendable {
    enum Value: Sendable {
        case counter(Int64)
        /// What the system counts for us.
        case total(Double)
        case gauge(Double)
        case histogram(HistogramSeries.Value)
    }

    let name: String
    let labels: [MetricLabel]
    let value: Value

    static func counter(_ key: MetricsBook.Key, _ value: Int64) -> MetricSample {
        MetricSample(name: suffixed(key.name, "_total"), labels: key.labels, value: .counter(value))
    }

    static func gauge(_ key: MetricsBook.Key, _ value: Double) -> MetricSample {
        MetricSample(name: key.name, labels: key.labels, value: .gauge(value))
    }

    static func histogram(_ key: MetricsBook.Key, _ value: HistogramSeries.Value) -> MetricSample {
        MetricSample(name: suffixed(key.name, "_seconds"), labels: key.labels, value: .histogram(value))
    }

    static func gauge(_ name: String, _ labels: [(String, String)] = [], _ value: Double) -> MetricSample {
        MetricSample(name: name, labels: labels.map(MetricLabel.init), value: .gauge(value))
    }

    static func figure(_ name: String, _ labels: [(String, String)] = [], _ count: Int) -> MetricSample {
        gauge(name, labels, Double(count))
    }

    private static func suffixed(_ name: String, _ suffix: String) -> String {
        name.hasSuffix(suffix) ? name : name + suffix
    }
}
