import Histogram

/// How long things took, in microseconds with three digits, up to an hour.
package struct DelayRecorder: Sendable {
    private var histogram = Histogram<UInt32>(
        highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: .three)
    package private(set) var count = 0

    package init() {}

    /// Negative delays (clocks that differ) count as none.
    package mutating func record(microseconds: Int64) {
        count += 1
        histogram.record(UInt64(min(max(microseconds, 0), 3_600_000_000)))
    }

    /// In milliseconds; 0 while nothing was recorded.
    package func milliseconds(atPercentile percentile: Double) -> Double {
        count == 0 ? 0 : Double(histogram.valueAtPercentile(percentile)) / 1000
    }

    package var maximum: Double { milliseconds(atPercentile: 100) }

    /// `p50 1.2 · p95 3.4 · p99 5.6 · max 7.8 ms`
    package var summary: String {
        let parts = [("p50", 50.0), ("p95", 95), ("p99", 99), ("max", 100)].map { name, percentile in
            "\(name) \(decimal(milliseconds(atPercentile: percentile)))"
        }
        return parts.joined(separator: " · ") + " ms"
    }
}

/// One digit behind the point where it tells something.
package func decimal(_ value: Double) -> String {
    if value >= 100 { return "\(Int(value.rounded()))" }
    return "\((value * 10).rounded() / 10)"
}
