import Domain
import Testing

@testable import Store

@Suite struct DelayBucketsTests {
    @Test func `a bucket's bound is never below a value of it and at most an eighth above`() {
        let large = (13...39).flatMap { (power: Int64) -> [Int64] in
            let value: Int64 = 1 << power
            return [value - 1, value, value + 1, value + value / 2]
        }
        for value in Array(Int64(0)...5_000) + large {
            let bound = DelayBuckets.upperBound(of: DelayBuckets.index(ofMilliseconds: value))
            #expect(bound >= value)
            #expect(Double(bound - value) <= Double(value) / 8)
        }
    }

    @Test func `longer times never fall into lower buckets`() {
        let indexes = (0...20_000).map { DelayBuckets.index(ofMilliseconds: $0) }
        #expect(indexes == indexes.sorted())
    }

    @Test func `clocks that differ and times beyond all sense are kept in bounds`() {
        #expect(DelayBuckets.index(ofMilliseconds: -5) == 0)
        #expect(DelayBuckets.index(ofMilliseconds: .min) == 0)
        #expect(DelayBuckets.index(ofMilliseconds: .max) == DelayBuckets.index(ofMilliseconds: 1 << 40))
    }

    @Test func `percentiles are read from the counts`() {
        #expect(DelayBuckets.percentile(0.99, of: [:]) == nil)
        #expect(DelayBuckets.percentile(0.5, of: [3: 1]) == 3)
        #expect(DelayBuckets.percentile(0.5, of: [1: 50, 7: 50]) == 1)
        #expect(DelayBuckets.percentile(0.99, of: [1: 98, 7: 2]) == 7)
        #expect(DelayBuckets.percentile(0, of: [1: 98, 7: 2]) == 1)
        #expect(DelayBuckets.percentile(1, of: [1: 98, 7: 2]) == 7)
    }
}
