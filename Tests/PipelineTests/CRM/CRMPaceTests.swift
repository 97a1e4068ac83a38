import Domain
import Testing

@testable import CRM
@testable import Pipeline

@Suite struct CRMPaceTests {
    private let start = ContinuousClock.now

    private func pace(recordsPerMinute: Int? = nil, cpu: Double? = nil) -> CRMPace {
        CRMPace(recordsPerMinute: recordsPerMinute, cpu: { cpu }, now: start)
    }

    @Test func `some calls go at once, the others at the rate`() {
        var pace = pace()
        let atOnce = (0..<50).filter { _ in pace.takeTurn(now: start) }.count
        #expect(atOnce == 10)
        #expect(pace.wait(now: start) == .milliseconds(20))

        let later = (0..<50).filter { _ in pace.takeTurn(now: start + .milliseconds(100)) }.count
        #expect(later == 5)
        #expect(pace.wait(now: start + .milliseconds(130)) == .zero)
    }

    @Test func `refusals of one second halve the rate once`() {
        var pace = pace()
        let throttled = CallFailure(
            kind: .throttled(retryAfter: .seconds(1)), code: "429", scope: .connection, vendorText: "",
            advice: .init(en: "Later.", es: "Luego."))

        for _ in 0..<9 { pace.note([throttled], took: [], now: start + .milliseconds(500)) }
        #expect(pace.rate == 50)
        pace.note([nil], took: [], now: start + .seconds(1))
        #expect(pace.rate == 25)
        pace.note([nil], took: [], now: start + .seconds(2))
        #expect(pace.rate == 25)
    }

    @Test func `a busy machine lowers it`() {
        var pace = pace(cpu: 0.9)
        pace.note([nil], took: [], now: start + .seconds(1))
        #expect(pace.rate == 37.5)
    }

    @Test func `the tier's records are counted by the minute`() {
        var pace = pace(recordsPerMinute: 300)
        let noon = Timestamp(seconds: 1_795_000_000)
        pace.begin(records: 260)
        pace.end(records: 260, noon)
        #expect(pace.recordsLeft(noon + .seconds(10)) == 40)
        #expect(pace.recordsLeft(noon + .seconds(60)) == 300)
        #expect(self.pace().recordsLeft(noon) == nil)
    }

    @Test func `no more is claimed than the tier allows`() async throws {
        try await CRMRig.with(customers: 5) { rig async throws in
            try await rig.working(recordsPerMinute: 3) {
                try await rig.untilRecorded(3)
                try await Task.sleep(for: .milliseconds(700))
                #expect(try await rig.count("activity WHERE state = 'recorded'") == 3)
            }
        }
    }
}
