import Domain
import Testing

@Suite struct TimestampTests {
    @Test func `seconds beyond what milliseconds can hold saturate`() {
        #expect(Timestamp(seconds: .max).milliseconds == .max)
        #expect(Timestamp(seconds: .min).milliseconds == .min)
        #expect(Timestamp(seconds: 1_795_042_920).milliseconds == 1_795_042_920_000)
    }

    @Test func `sums and differences saturate instead of trapping`() {
        let (first, last) = (Timestamp(milliseconds: .min), Timestamp(milliseconds: .max))
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(last - first == .milliseconds(Int64.max))
        #expect(first - last == .milliseconds(Int64.min))
        #expect(Timestamp(seconds: 10) + .seconds(Int64.max) == last)
    }

    @Test func `a length is cut to whole milliseconds and saturates`() {
        #expect(Duration.microseconds(1_999).wholeMilliseconds == 1)
        #expect(Duration.microseconds(-1_999).wholeMilliseconds == -1)
        #expect(Duration.seconds(Int64.max).wholeMilliseconds == .max)
        #expect(Duration.seconds(Int64.min).wholeMilliseconds == .min)
        let justTooLong = Duration.seconds(Int64.max / 1000) + .milliseconds(999)
        #expect(justTooLong.wholeMilliseconds == .max)
        #expect((.zero - justTooLong).wholeMilliseconds == .min)
    }
}
