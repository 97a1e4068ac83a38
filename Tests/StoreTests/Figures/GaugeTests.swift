import Domain
import Testing

@testable import Store

@Suite struct GaugeTests {
    private func jobs(_ gauges: InstallationGauges, _ kind: JobKind, _ state: JobState) -> InstallationGauges.Jobs? {
        gauges.jobs.first { $0.kind == kind.rawValue && $0.state == state.rawValue }
    }

    @Test(arguments: TestDatabase.available)
    func `a long queue is counted so far, from its front, and hides no other`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let first = world.clock.now
            for key in 1...5 { try await world.enqueue(.recordActivity, key: Int64(key)) }
            world.clock.advance(by: .seconds(9))
            for key in 1...2 { try await world.enqueue(.markRead, lane: .number(world.number), key: Int64(key)) }

            let gauges = try await world.store.gauges(countingUpTo: 3)

            #expect(jobs(gauges, .recordActivity, .available)?.count == 3)
            #expect(jobs(gauges, .recordActivity, .available)?.oldestDue == first)
            #expect(jobs(gauges, .markRead, .available)?.count == 2)
            #expect(jobs(gauges, .markRead, .available)?.oldestDue == world.clock.now)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is in hand, and dead letters, are counted by kind; what is not due yet waits for nobody`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for key in 1...3 { try await world.enqueue(key: Int64(key)) }
            let claimed = try await world.claim()
            try await world.finish([claimed[0]], .discarded)
            try await world.finish([claimed[1]], .retried(at: world.clock.now + .seconds(30)))

            let gauges = try await world.store.gauges()

            for state in [JobState.available, .running, .discarded] {
                #expect(jobs(gauges, .updateActivity, state)?.count == 1)
            }
            #expect(jobs(gauges, .updateActivity, .available)?.oldestDue == nil)
            #expect(gauges.jobs.count == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `waiting jobs are found through their lane`(engine: TestDatabase) async throws {
        try await engine.with { database in
            let listening = ListeningDatabase(database)
            let world = try await ConsoleWorld(listening)
            try await world.write("Hola", wamid: "1")

            let plans = try await listening.plans { _ = try await world.store.gauges() }

            let waiting = try #require(plans.first { $0.sql.contains("LIMIT :ceiling") })
            #expect(waiting.steps.contains { $0.contains("job_due") }, "\(waiting)")
            #expect(!waiting.steps.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }, "\(waiting)")
        }
    }
}
