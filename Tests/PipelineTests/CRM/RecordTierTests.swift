import CRM
import Domain
import Store
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(3))) struct RecordTierTests {
    private let noon = Timestamp(seconds: 1_795_000_000)

    private func job(_ number: Int64) -> JobID { JobID(rawValue: number) }

    @Test func `the tier's records are counted by the minute`() {
        var tier = RecordTier(recordsPerMinute: 300)
        for number in 0..<130 { tier.begin(job(Int64(number)), records: 2) }
        #expect(tier.left(noon) == 40)
        tier.end((0..<130).map(job), noon)
        #expect(tier.left(noon + .seconds(10)) == 40)
        #expect(tier.left(noon + .seconds(60)) == 300)
        #expect(RecordTier(recordsPerMinute: nil).left(noon) == nil)
    }

    @Test func `as much ends as was begun, whatever came in between`() {
        var tier = RecordTier(recordsPerMinute: 300)
        tier.begin(job(1), records: 2)
        tier.begin(job(1), records: 1)
        tier.begin(job(2), records: 0)
        #expect(tier.underWay == 1)
        #expect(tier.left(noon) == 299)
        tier.end([job(1), job(1), job(2), job(3)], noon)
        #expect(tier.underWay == 0)
        #expect(tier.left(noon + .seconds(60)) == 300)
    }

    @Test func `what no call said anything of holds nothing up once nothing is in hand`() {
        var tier = RecordTier(recordsPerMinute: 300)
        tier.begin(job(1), records: 300)
        #expect(tier.left(noon) == 0)
        tier.endAll(noon)
        #expect(tier.underWay == 0)
        #expect(tier.left(noon + .seconds(60)) == 300)
    }

    @Test func `each of them may be a new customer, who is a record as well`() {
        var tier = RecordTier(recordsPerMinute: 301)
        #expect(tier.jobsLeft(noon) == 150)
        tier.begin(job(1), records: 300)
        #expect(tier.jobsLeft(noon) == 0)
        #expect(RecordTier(recordsPerMinute: nil).jobsLeft(noon) == nil)
    }

    @Test func `no more is claimed than the tier allows`() async throws {
        try await CRMRig.with(customers: 5) { rig async throws in
            try await rig.working(recordsPerMinute: 6) {
                try await rig.untilRecorded(3)
                try await Task.sleep(for: .milliseconds(700))
                #expect(try await rig.count("activity WHERE state = 'recorded'") == 3)
            }
        }
    }

    /// New customers wait for places and are put back, linked ones get another name, records are deleted, single messages
    /// and whole calls fail: of any record that stayed under way a connection with a tier would have one less for good.
    @Test func `hundreds of linked and new customers under a tier leave nothing under way`() async throws {
        let troubles = PassingTroubles()
        var script = ScriptedConnector.Script()
        script.read = { ids in ids.map { RemoteContact(id: $0) } }
        script.upsert = { .success($0.map { .done(remoteID: $0.remoteID ?? "r-\($0.puenteID)") }) }
        script.record = { troubles.answer($0) }
        try await CRMRig.with(script, customers: 150) { rig in
            try await rig.inRounds(recordsPerMinute: 300) { round in
                try await rig.workOff(&round, within: 300)
                for number in 0..<300 { try await rig.customer(number, name: number < 40 ? "Ana" : "Lucía") }
                try await rig.workOff(&round, within: 300)

                #expect(round.tier.underWay == 0)
                rig.world.clock.advance(by: .seconds(61))
                #expect(round.tier.left(rig.world.store.now()) == 300)
            }
            #expect(try await rig.count("activity WHERE state = 'recorded'") == 450)
            #expect(troubles.count > 100)
        }
    }
}

extension CRMRig {
    /// Until every job is done, never more than `limit` records in 60 seconds. A second passes with each round that finds
    /// nothing to do.
    fileprivate func workOff(_ round: inout CRMRound, within limit: Int) async throws {
        let open = "job WHERE lane = '\(Lane.connection(account.id))' AND state NOT IN ('completed', 'discarded')"
        var history: [(at: Timestamp, written: Int)] = []
        while try await count(open) > 0 {
            let isIdle = try await round.run() == 0
            let now = world.store.now()
            let total = written
            // The tier counts by whole seconds.
            history.removeAll { now - $0.at >= .seconds(59) }
            history.append((at: now, written: total))
            #expect(total - history[0].written <= limit)
            guard isIdle else { continue }
            world.clock.advance(by: .seconds(1))
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Records that the CRM was told to write until now.
    private var written: Int {
        connector.history.reduce(0) { sum, call in
            let words = call.split(separator: " ")
            return words.count == 2 && ["upsert", "record"].contains(words[0]) ? sum + (Int(words[1]) ?? 0) : sum
        }
    }
}

/// A CRM that refuses every third message once, some of them because the record is gone, and fails every fourth larger call.
private final class PassingTroubles: Sendable {
    private struct State {
        var calls = 0
        var seen: Set<String> = []
        var count = 0
    }

    private let state = Mutex(State())

    /// Messages that were refused.
    var count: Int { state.withLock { $0.count } }

    func answer(_ activities: [Activity]) -> Result<[ItemOutcome], CallFailure> {
        state.withLock { state in
            state.calls += 1
            guard activities.count == 1 || !state.calls.isMultiple(of: 4) else { return .failure(.crm503) }
            return .success(activities.map { Self.answer($0, &state) })
        }
    }

    private static func answer(_ activity: Activity, _ state: inout State) -> ItemOutcome {
        guard state.seen.insert(activity.puenteID).inserted, state.seen.count.isMultiple(of: 3) else {
            return .done(remoteID: "a-\(activity.puenteID)")
        }
        state.count += 1
        return .failed(state.seen.count.isMultiple(of: 9) ? .gone : .locked)
    }
}

extension CallFailure {
    fileprivate static let locked = CallFailure(
        kind: .transient, code: "locked", scope: .message, vendorText: "",
        advice: .init(en: "Later.", es: "Luego."))
}
