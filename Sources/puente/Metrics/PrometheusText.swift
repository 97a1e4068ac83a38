/// The text format of Prometheus, version 0.0.4: families by name, each with its type, and a help where we have one.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    static func write(_ samples: [MetricSample]) -> String {
        var lines: [String] = []
        let families = Dictionary(grouping: samples) { name($0.name) }
        for (name, samples) in families.sorted(by: { $0.key < $1.key }) {
            guard let first = samples.first else { continue }
            if let help = MetricHelp.text[name] { lines.append("# HELP \(name) \(help)") }
            lines.append("# TYPE \(name) \(type(first.value))")
            lines += samples.map { self.lines(name, $0) }.sorted { $0.lexicographicallyPrecedes($1) }.joined()
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func type(_ value: MetricSample.Value) -> String {
        switch value {
        case .counter, .total: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    private static func lines(_ name: String, _ sample: MetricSample) -> [String] {
        switch sample.value {
        case .counter(let count): return ["\(name)\(labels(sample.labels)) \(count)"]
        case .gauge(let value), .total(let value): return ["\(name)\(labels(sample.labels)) \(number(value))"]
        case .histogram(let histogram):
            var sum: Int64 = 0
            var lines: [String] = []
            for (bound, count) in zip(HistogramSeries.bounds, histogram.buckets) {
                sum += count
                let limit = MetricLabel(("le", number(bound)))
                lines.append("\(name)_bucket\(labels(sample.labels + [limit])) \(sum)")
            }
            let all = MetricLabel(("le", "+Inf"))
            lines.append("\(name)_bucket\(labels(sample.labels + [all])) \(histogram.count)")
            lines.append("\(name)_sum\(labels(sample.labels)) \(number(histogram.sum))")
            lines.append("\(name)_count\(labels(sample.labels)) \(histogram.count)")
            return lines
        }
    }

    private static func labels(_ labels: [MetricLabel]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\(name($0.name))=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    /// Letters, digits and underscores, not beginning with a digit.
    private static func name(_ text: String) -> String {
        let plain = text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") ? $0 : "_" }
        return plain.first?.isNumber == true ? "_" + String(plain) : String(plain)
    }

    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n", "\r\n": text += "\\n"
            default: text.append(character)
            }
        }
    }

    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.isFinite ? "\(value)" : value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
    }
}
