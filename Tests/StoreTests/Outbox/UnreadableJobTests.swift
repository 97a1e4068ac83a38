import Domain
import Testing

@testable import Store

/// Rows of jobs that this release cannot read: they are set aside, and their lane goes on.
@Suite struct UnreadableJobTests {
    /// As if a newer release had written it.
    private func newerJob(_ world: ConsoleWorld, lane: Lane? = nil, key: Int64 = 1) async throws -> JobID {
        let job = try await world.enqueue(lane: lane, key: key)
        try await world.store.database.write { connection in
            try connection.execute("UPDATE job SET kind = 'crm.deal' WHERE id = :id", ["id": job])
        }
        return job
    }

    private func failure(of job: JobID, _ world: ConsoleWorld) async throws -> CallFailure? {
        try await world.store.database.read { connection in
            try connection.row("SELECT failure FROM job WHERE id = :id", ["id": job])?
                .jsonIfPresent("failure", as: CallFailure.self)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a kind that only a newer release knows waits for it and holds up nobody`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let newer = try await newerJob(world)
            let follower = try await world.enqueue(key: 1)
            let neighbour = try await world.enqueue(key: 2)

            #expect(try await world.claim().map(\.id) == [follower, neighbour])

            #expect(try await world.state(of: newer) == .available)
            #expect(try await world.attempts(of: newer) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `after an hour it is a dead letter that says so, to be tried again or dismissed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let newer = try await newerJob(world)
            let follower = try await world.enqueue(key: 1)
            world.clock.advance(by: .hours(1))

            let claimed = try await world.claim()
            #expect(claimed.map(\.id) == [follower])
            #expect(try await world.state(of: newer) == .discarded)
            try await world.finish(claimed, .completed)
            let failure = try await failure(of: newer, world)
            #expect(failure?.code == "unknown_job_kind")
            #expect(failure?.advice.en.hasPrefix("A newer version of Puente wrote this") == true)
            let letters = try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items
            #expect(letters.map(\.kind) == ["crm.deal"])

            #expect(try await world.store.retry(newer, in: world.workspace, by: "Ana") == .connection(world.crm))
            #expect(try await world.claim() == [])
            #expect(try await world.state(of: newer) == .discarded)
            _ = try await world.store.dismiss(newer, in: world.workspace, by: "Ana")
            #expect(try await world.state(of: newer) == .completed)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `in a number's lane, too, sends go on past it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let conversation = try await world.onlyConversation()
            let newer = try await newerJob(
                world, lane: .number(world.number), key: conversation.person.id.rawValue)
            let answer = try await world.answer("Buenas", in: conversation.id, by: world.hire("ana"))

            let sends = try await world.store.claimSends(world.grip(.number(world.number)), limit: 10)

            #expect(sends.map(\.message) == [answer.message])
            try await world.finish(sends.map(\.job), .completed, grip: world.grip(.number(world.number)))
            world.clock.advance(by: .hours(1))
            _ = try await world.store.claimSends(world.grip(.number(world.number)), limit: 10)
            #expect(try await world.state(of: newer) == .discarded)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a row of a known kind that cannot be read is a dead letter at once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let job = try await world.enqueue()
            let grip = try world.grip(.connection(world.crm))
            let now = world.clock.now
            _ = try await world.claim()
            let row = SQLRow(
                columns: ["id", "kind", "created_at", "payload"],
                values: [job.sqlValue, JobKind.updateActivity.sqlValue, now.sqlValue, .null])

            try await world.store.database.write { connection in
                try connection.setAside(row, because: "column payload does not hold a String", grip: grip, at: now)
            }

            #expect(try await world.state(of: job) == .discarded)
            let failure = try await failure(of: job, world)
            #expect(failure?.code == "unreadable_job")
            #expect(failure?.vendorText == "column payload does not hold a String")
        }
    }
}
