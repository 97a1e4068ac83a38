import Domain
import Testing

@testable import Store

@Suite struct JobOrderTests {
    @Test(arguments: TestDatabase.available)
    func `of each ordering key only the oldest job is claimed`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let first = try await world.enqueue(key: 1)
            let second = try await world.enqueue(key: 1)
            let other = try await world.enqueue(key: 2)
            let claimed = try await world.claim()
            #expect(claimed.map(\.id) == [first, other])
            #expect(try await world.claim() == [])
            try await world.finish(claimed, .completed)
            #expect(try await world.claim().map(\.id) == [second])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an earlier job that becomes visible late waits until the later one has ended`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let late: JobID = world.store.ids.next()
            let running = try await world.enqueue(key: 1)
            let claimed = try await world.claim()
            #expect(claimed.map(\.id) == [running])
            let made = try await world.enqueue(key: 1)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE job SET id = :late WHERE id = :made", ["late": late, "made": made])
            }

            #expect(try await world.claim() == [])

            try await world.finish(claimed, .completed)
            #expect(try await world.claim().map(\.id) == [late])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `answers go in the order in which they were taken on, also when a node's clock is behind`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let (conversation, ana) = (try await world.onlyConversation().id, try await world.hire("ana"))
            let first = try await world.answer("Primero", in: conversation, by: ana)
            let second = try await world.beside(clockBehindBy: .seconds(2)).accept(
                MessageCommand(
                    workspace: world.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: "Segundo")), author: .staff(ana, name: "Ana")))

            var sent: [MessageID] = []
            for wamid in ["1", "2"] {
                try await world.send { job in
                    sent.append(job.message)
                    return world.accepted(wamid)(job)
                }
            }

            #expect(sent == [first.message, second.message])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a job that waits for its retry holds those behind it, and nobody else`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let first = try await world.enqueue(key: 1)
            let follower = try await world.enqueue(key: 1)
            let retried = try await world.claim()
            try await world.finish(retried, .retried(at: world.clock.now + .seconds(30)))
            let other = try await world.enqueue(key: 2)
            #expect(try await world.claim().map(\.id) == [other])

            world.clock.advance(by: .seconds(30))
            let again = try await world.claim()
            #expect(again.map(\.id) == [first])
            #expect(again.first?.attempt == 2)
            try await world.finish(again, .completed)
            #expect(try await world.claim().map(\.id) == [follower])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM's dead letter holds its contact until it is dismissed`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let dead = try await world.enqueue(key: 1)
            let follower = try await world.enqueue(key: 1)
            try await world.finish(world.claim(), .discarded)
            #expect(try await world.claim() == [])
            let lane = try await world.store.dismiss(dead, in: world.workspace, by: "Ana")
            #expect(lane == .connection(world.crm))
            #expect(try await world.claim().map(\.id) == [follower])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `those behind a dead letter to WhatsApp, or behind an uncertain send, go on`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let number = try world.grip(.number(world.number))
            for outcome in [JobOutcome.discarded, .uncertain] {
                try await world.enqueue(.markRead, lane: .number(world.number), key: 1)
                let follower = try await world.enqueue(.markRead, lane: .number(world.number), key: 1)
                try await world.finish(world.claim(number), outcome, grip: number, holdsFollowers: false)
                let next = try await world.claim(number)
                #expect(next.map(\.id) == [follower])
                try await world.finish(next, .completed, grip: number)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one job with a dedup key waits at a time, and none is lost while one runs`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            let first = try await world.enqueue(dedupKey: "update:1")
            let repeated = try await world.enqueue(dedupKey: "update:1")
            #expect(try await world.state(of: repeated) == nil)
            let running = try await world.claim()
            let next = try await world.enqueue(dedupKey: "update:1")
            #expect(try await world.state(of: next) == .available)

            // Both wait now; the one that is put back must not collide with the newer one.
            try await world.finish(running, .retried(at: world.clock.now))
            #expect(try await world.state(of: first) == .available)
            #expect(try await world.claim().map(\.id) == [first])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rescue and a person's retry do not collide with a newer job of the same dedup key`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let first = try await world.enqueue(dedupKey: "update:1")
            _ = try await world.claim()
            try await world.enqueue(dedupKey: "update:1")
            let grip = try await world.takeOver(.connection(world.crm))
            #expect(try await world.store.rescue(grip, verifyAfter: nil).mayHaveLeft == 0)
            #expect(try await world.state(of: first) == .available)

            try await world.finish(world.claim(grip), .discarded, grip: grip)
            let lane = try await world.store.retry(first, in: world.workspace, by: "Ana")
            #expect(lane == .connection(world.crm))
            #expect(try await world.state(of: first) == .available)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a snoozed or released job has used up no attempt`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let job = try await world.enqueue()
            try await world.finish(world.claim(), .snoozed(until: world.clock.now))
            #expect(try await world.attempts(of: job) == 0)
            let claimed = try await world.claim()
            try await world.store.release(claimed.map(\.id), grip: world.grip(.connection(world.crm)))
            #expect(try await world.attempts(of: job) == 0)
            #expect(try await world.claim().first?.attempt == 1)
        }
    }
}
