import Domain
import Foundation
import Testing

@testable import Sandbox

@Suite struct CollectionsTests {
    @Test func `due things come earliest first and in order of arrival`() {
        var queue = DueQueue<String>()
        for (name, due) in [("c", 30), ("a", 10), ("b1", 20), ("b2", 20)] {
            queue.insert(name, due: Timestamp(milliseconds: Int64(due)))
        }

        var taken: [String] = []
        while let next = queue.popDue(at: Timestamp(milliseconds: 25)) { taken.append(next) }

        #expect(taken == ["a", "b1", "b2"])
        #expect(queue.count == 1)
    }

    @Test func `a queue gives what it was given, in order, through many removals`() {
        var queue = FIFOQueue<Int>()
        var taken: [Int] = []
        for number in 0..<1000 {
            queue.append(number)
            if number % 3 != 0, let first = queue.popFirst() { taken.append(first) }
        }
        while let first = queue.popFirst() { taken.append(first) }

        #expect(taken == Array(0..<1000))
    }

    @Test func `a full list lets its oldest go and keeps the numbers`() {
        var list = RecentList<Int>(capacity: 3)
        for value in 0..<5000 { list.append(value) }

        #expect(list.numbers == 4997..<5000)
        #expect(list[4996] == nil)
        #expect(list[4998] == 4998)
        _ = list.update(4999) { $0 += 1 }
        #expect(list[4999] == 5000)
    }

    @Test func `a bucket allows its burst and then its rate`() {
        let start = Timestamp(milliseconds: 0)
        var bucket = TokenBucket(capacity: 45, interval: .seconds(6), now: start)

        let burst = (0..<50).filter { _ in bucket.take(at: start) }.count
        let later = (0..<5).filter { _ in bucket.take(at: start + .seconds(12)) }.count

        #expect(burst == 45)
        #expect(later == 2)
    }

    @Test func `a rolling window forgets what is older than its span`() {
        var window = RollingWindow(limit: 100, span: .seconds(10))
        let start = Timestamp(milliseconds: 1_000_000)

        for left in (0..<100).reversed() { #expect(window.take(at: start) == left) }
        #expect(window.take(at: start + .seconds(9)) == nil)
        #expect(window.take(at: start + .milliseconds(10_001)) == 99)
    }

    @Test(arguments: [
        "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "2026-11-20T09:30:01.412Z", "1969-12-31T23:59:59.000Z",
    ])
    func `times are read and written as Foundation does`(text: String) throws {
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
        let date = try #require(formatter.date(from: text))

        let milliseconds = try #require(ISOTime.milliseconds(text))

        #expect(milliseconds == Int64((date.timeIntervalSince1970 * 1000).rounded()))
        #expect(ISOTime.text(milliseconds) == text)
    }

    @Test(arguments: [
        ("2026-11-20", 1_795_132_800_000), ("2026-11-20T10:30:00+01:00", 1_795_167_000_000),
        ("1795167000000", 1_795_167_000_000),
    ])
    func `dates, offsets and milliseconds are times too`(text: String, milliseconds: Int64) {
        #expect(ISOTime.milliseconds(text) == milliseconds)
    }

    @Test(arguments: ["", "x", "2026-13-01", "2026-11-20T25:00:00Z", "2026-11-20T10:30", "9223372036854775807"])
    func `what is no time is refused`(text: String) {
        #expect(ISOTime.milliseconds(text) == nil)
    }
}
