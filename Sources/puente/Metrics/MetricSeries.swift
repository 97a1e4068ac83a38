import Metrics
import Synchronization

/// Grows only.
final class CounterSeries: CounterHandler {
    private let count = Atomic<Int64>(0)

    var value: Int64 { count.load(ordering: .relaxed) }

    func increment(by amount: Int64) {
        count.wrappingAdd(max(0, amount), ordering: .relaxed)
    }

    /// A counter that went back would look like a new start of the process.
    func reset() {}
}

/// Goes up and down.
final class GaugeSeries: MeterHandler, RecorderHandler {
    private let current = Mutex(0.0)

    var value: Double { current.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(value) }
    func record(_ value: Double) { set(value) }
}

/// Durations in seconds, by buckets from a millisecond to a minute.
final class HistogramSeries: TimerHandler, RecorderHandler {
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

    struct Value: Equatable, Sendable {
        /// One for each bound and one beyond; not cumulated.
        var buckets = [Int64](repeating: 0, count: HistogramSeries.bounds.count + 1)
        var sum = 0.0

        var count: Int64 { buckets.reduce(0, +) }
    }

    private let current = Mutex(Value())

    var value: Value { current.withLock { $0 } }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        current.withLock { current in
            current.buckets[bucket] += 1
            current.sum += value
        }
    }
}
