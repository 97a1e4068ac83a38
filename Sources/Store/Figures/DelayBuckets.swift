/// Buckets of rising width: each is an eighth of its power of two wide, so a percentile is right within 12.5 %.
package enum DelayBuckets {
    private static let steps = 8
    private static let longest: Int64 = 1 << 40

    /// Negative times (clocks that differ) count as zero.
    package static func index(ofMilliseconds milliseconds: Int64) -> Int {
        let value = min(max(milliseconds, 0), longest)
        guard value >= steps else { return Int(value) }
        let power = 63 - value.leadingZeroBitCount
        let step = Int(value >> Int64(power - 3)) - steps
        return (power - 2) * steps + step
    }

    /// The upper bound of a bucket, in milliseconds.
    package static func upperBound(of index: Int) -> Int64 {
        guard index >= steps else { return Int64(index) }
        let power = index / steps + 2
        let step = Int64(index % steps + steps + 1)
        return (step << Int64(power - 3)) - 1
    }

    /// - Parameter counts: bucket → count.
    /// - Returns: the bound under which the share of all values lies; nil without values.
    package static func percentile(_ share: Double, of counts: [Int: Int]) -> Int64? {
        let total = counts.values.reduce(0, +)
        guard total > 0 else { return nil }
        let wanted = max(1, Int((Double(total) * share).rounded(.up)))
        var reached = 0
        for (bucket, count) in counts.sorted(by: { $0.key < $1.key }) {
            reached += count
            if reached >= wanted { return upperBound(of: bucket) }
        }
        return nil
    }
}
