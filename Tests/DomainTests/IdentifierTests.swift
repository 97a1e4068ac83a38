import Domain
import Synchronization
import Testing

@Suite struct IdentifierTests {
    @Test func `an id is never given twice, also from many tasks at one instant`() async {
        let ids = IDGenerator(node: 5, now: { Timestamp(seconds: 1_800_000_000) })
        let all = await withTaskGroup(of: [Int64].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<5_000).map { _ in ids.next(MessageRow.self).rawValue } }
            }
            return await group.reduce(into: [Int64]()) { $0 += $1 }
        }
        #expect(Set(all).count == 40_000)
    }

    @Test func `ids go on rising when the clock steps back`() {
        let time = Mutex(Timestamp(seconds: 1_800_000_000))
        let ids = IDGenerator(node: 1, now: { time.withLock { $0 } })
        let before = ids.next(JobRow.self)
        time.withLock { $0 = $0 - .hours(2) }
        let during = (0..<10_000).map { _ in ids.next(JobRow.self) }
        time.withLock { $0 = $0 + .hours(3) }
        let after = ids.next(JobRow.self)

        #expect(during == during.sorted())
        #expect(Set(during).count == during.count)
        #expect(before < during[0])
        #expect(during[9_999] < after)
    }

    @Test func `two nodes never make the same id in the same millisecond`() {
        let now: @Sendable () -> Timestamp = { Timestamp(seconds: 1_800_000_000) }
        let (one, two) = (IDGenerator(node: 1, now: now), IDGenerator(node: 1023, now: now))
        let ids = (0..<9_000).flatMap { _ in [one.next(JobRow.self), two.next(JobRow.self)] }
        #expect(Set(ids).count == 18_000)
    }

    @Test func `an id says when and where it was made`() {
        let made = Timestamp(milliseconds: IDGenerator.epoch.milliseconds + 123_456_789)
        let id = IDGenerator(node: 77, now: { made }).next(MessageRow.self).rawValue
        #expect(id >> 22 == 123_456_789)
        #expect(id >> 12 & 1023 == 77)
    }

    @Test func `ids go on behind one that a clock ahead made, and behind none of a clock that is wrong`() {
        let start = Timestamp(milliseconds: IDGenerator.epoch.milliseconds + 1_000_000)
        let ids = IDGenerator(node: 1, now: { start })
        func made(_ lead: Duration) -> JobID { IDGenerator(node: 900, now: { start + lead }).next() }

        for lead in [Duration.seconds(-2), .zero, .seconds(2), .seconds(50)] {
            let other = made(lead)
            let own: JobID = ids.next(after: other)
            #expect(own > other)
            #expect(ids.next(JobRow.self) > own)
        }
        #expect(ids.next(after: made(.days(365))) < made(.minutes(2)))
    }

    @Test func `a clock before 2025 makes ids that are not negative`() {
        let ids = IDGenerator(node: 0, now: { Timestamp(seconds: 0) })
        #expect(ids.next(JobRow.self).rawValue >= 0)
    }

    @Test(arguments: [0, 1, 31, 32, 4_095, 1 << 41, .max - 1, .max])
    func `thirteen characters give the id back`(value: Int64) {
        let id = MessageID(rawValue: value)
        #expect(id.description.utf8.count == 13)
        #expect(MessageID(id.description) == id)
        #expect(MessageID(id.description.lowercased()) == id)
    }

    @Test func `the text of ids sorts as the ids do`() {
        var random = SeededRandom(seed: 7)
        let values = (0..<500).map { _ in Int64.random(in: 0...Int64.max, using: &random) }.sorted()
        let texts = values.map { MessageID(rawValue: $0).description }
        #expect(texts == texts.sorted())
    }

    @Test(arguments: [
        "", "0", "000000000000", "00000000000000", "000000000000I", "000000000000L", "000000000000O",
        "000000000000U", "00000000000 0", "-000000000001", "8000000000000", "ZZZZZZZZZZZZZ", "00000000000é",
        "000000000000\u{0}", "٠٠٠٠٠٠", "00000000000'0",
    ])
    func `anything else is no id`(text: String) {
        #expect(MessageID(text) == nil)
    }
}

/// The same numbers at every run, so that a failure can be looked at again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
