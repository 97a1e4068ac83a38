import Domain
import Testing

@Suite struct TokenBucketTests {
    private let start = Timestamp(seconds: 1_800_000_000)

    @Test func `a burst goes at once and then the rate holds`() {
        var bucket = TokenBucket(perSecond: 10, burst: 5, now: start)
        #expect(bucket.available(at: start) == 5)
        bucket.take(5, at: start)
        #expect(bucket.available(at: start) == 0)
        #expect(bucket.available(at: start + .milliseconds(99)) == 0)
        #expect(bucket.available(at: start + .milliseconds(100)) == 1)
        #expect(bucket.nextAvailable(at: start) == start + .milliseconds(100))
    }

    @Test func `it never holds more than its burst`() {
        var bucket = TokenBucket(perSecond: 80, burst: 80, now: start)
        bucket.take(80, at: start)
        #expect(bucket.available(at: start + .hours(5)) == 80)
        #expect(bucket.isFull(at: start + .hours(5)))
    }

    @Test func `in any second no more leave than rate and burst allow`() {
        var bucket = TokenBucket(perSecond: 20, burst: 20, now: start)
        var taken = 0
        for millisecond in 0...10_000 {
            let now = start + .milliseconds(millisecond)
            let count = bucket.available(at: now)
            bucket.take(count, at: now)
            taken += count
        }
        #expect((219...220).contains(taken))
    }

    @Test func `a clock that steps back gives nothing away`() {
        var bucket = TokenBucket(perSecond: 10, burst: 1, now: start)
        bucket.take(1, at: start)
        #expect(bucket.available(at: start - .hours(1)) == 0)
        bucket.take(0, at: start - .hours(1))
        #expect(bucket.available(at: start) == 0)
    }

    @Test func `what was taken beyond it leaves nothing, not a negative number`() {
        var bucket = TokenBucket(perSecond: 1, burst: 1, now: start)
        bucket.take(4, at: start)
        #expect(bucket.available(at: start) == 0)
        #expect(bucket.nextAvailable(at: start) == start + .seconds(4))
    }
}
