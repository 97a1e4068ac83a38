/// How long answers took, counted in buckets that grow by a quarter: good to 25 %, in 64 numbers.
struct DelayCounts: Sendable {
    private var buckets = [Int](repeating: 0, count: 64)
    private var count = 0
    private var maximum: Double = 0

    mutating func add(milliseconds: Double) {
        buckets[Self.bucket(of: milliseconds)] += 1
        count += 1
        maximum = max(maximum, milliseconds)
    }

    var json: JSON {
        ["p50": JSON(quantile(0.5)), "p99": JSON(quantile(0.99)), "max": JSON(rounded(maximum))]
    }

    /// The upper bound of the bucket in which the quantile lies, in milliseconds.
    private func quantile(_ share: Double) -> Double {
        var left = Int((Double(count) * share).rounded(.up))
        guard left > 0 else { return 0 }
        for index in buckets.indices {
            left -= buckets[index]
            if left <= 0 { return rounded(min(maximum, Self.bounds[index])) }
        }
        return rounded(maximum)
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static let bounds: [Double] = (0..<64).reduce(into: []) { bounds, _ in
        bounds.append((bounds.last ?? 0.04) * 1.25)
    }

    private static func bucket(of milliseconds: Double) -> Int {
        bounds.firstIndex { milliseconds <= $0 } ?? bounds.count - 1
    }
}
