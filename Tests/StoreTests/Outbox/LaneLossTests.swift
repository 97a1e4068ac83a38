import Domain
import Testing

@testable import Store

/// A node that lost its lane changes nothing any more; its heir sorts out what it had in hand.
@Suite struct LaneLossTests {
    @Test(arguments: TestDatabase.available)
    func `who lost the lane can neither claim, mark, finish nor release`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lane = Lane.connection(world.crm)
            let old = try world.grip(lane)
            let job = try await world.enqueue()
            let claimed = try await world.claim()
            _ = try await world.takeOver(lane)
            let lost = LaneLost(lane: lane)

            await #expect(throws: lost) { try await world.store.claim(old, limit: 1) }
            await #expect(throws: lost) { try await world.store.markSending([job], grip: old) }
            await #expect(throws: lost) { try await world.store.release([job], grip: old) }
            await #expect(throws: lost) {
                try await world.store.finish(
                    [JobResult(job: job, outcome: .completed, failure: nil)], grip: old, policy: RetryPolicy())
            }
            #expect(claimed.count == 1)
            #expect(try await world.state(of: job) == .running)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an outcome of a former epoch changes no job that its heir claimed`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let job = try await world.enqueue()
            let old = try world.grip(.connection(world.crm))
            let claimed = try await world.claim()
            let grip = try await world.takeOver(.connection(world.crm))
            _ = try await world.store.rescue(grip, verifyAfter: nil)
            _ = try await world.claim(grip)
            let now = world.clock.now
            try await world.store.database.write { connection in
                try connection.finish(
                    claimed.map { JobResult(job: $0.id, outcome: .completed, failure: nil) }, grip: old,
                    policy: RetryPolicy(), holdsFollowers: false, at: now)
            }
            #expect(try await world.state(of: job) == .running)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rescue gives back what has not left, without using up its attempt`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let job = try await world.enqueue()
            _ = try await world.claim()
            let grip = try await world.takeOver(.connection(world.crm))
            #expect(try await world.store.rescue(grip, verifyAfter: nil).mayHaveLeft == 0)
            #expect(try await world.state(of: job) == .available)
            #expect(try await world.claim(grip).first?.attempt == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what may have left becomes uncertain, or is looked up first where that is possible`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let lane = Lane.connection(world.crm)
            let asked = try await world.enqueue(key: 1)
            _ = try await world.claim()
            try await world.store.markSending([asked], grip: world.grip(lane))
            let grip = try await world.takeOver(lane)
            #expect(try await world.store.rescue(grip, verifyAfter: .seconds(10)).mayHaveLeft == 1)
            #expect(try await world.claim(grip) == [])
            world.clock.advance(by: .seconds(10))
            let again = try await world.claim(grip)
            #expect(again.map(\.id) == [asked])
            #expect(again.first?.mustVerify == true)

            try await world.store.markSending([asked], grip: grip)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE lane SET epoch = epoch + 1 WHERE id = :id", ["id": lane])
            }
            let next = LaneGrip(lane: lane, workspace: grip.workspace, node: grip.node, epoch: grip.epoch + 1)
            #expect(try await world.store.rescue(next, verifyAfter: nil).mayHaveLeft == 1)
            #expect(try await world.state(of: asked) == .uncertain)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a send in flight when its node went is shown as uncertain and never sent again by itself`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let accepted = try await world.answer(
                "Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            let jobs = try await world.store.claimSends(world.grip(.number(world.number)), limit: 10)
            #expect(jobs.count == 1)
            let grip = try await world.takeOver(.number(world.number))
            #expect(try await world.store.rescue(grip, verifyAfter: nil).mayHaveLeft == 1)
            #expect(try await world.store.message(accepted.message, in: world.workspace)?.status == .uncertain)
            world.clock.advance(by: .hours(3))
            #expect(try await world.store.claimSends(grip, limit: 10).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of what was marked under the lane's own grip only what was begun may have left`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)
            let ana = try await world.hire("ana")
            for conversation in try await world.conversations() {
                _ = try await world.answer("Buenas", in: conversation.id, by: ana)
            }
            let grip = try world.grip(.number(world.number))
            let sends = try await world.store.claimSends(grip, limit: 10)
            let (begun, unbegun) = (try required(sends.first), try required(sends.last))
            #expect(sends.count == 2)

            let rescue = try await world.store.rescue(
                grip, verifyAfter: nil, includingOwn: true, begun: [begun.job.id])

            #expect(rescue.mayHaveLeft == 1)
            #expect(rescue.report.conversations[world.workspace] == [begun.conversation, unbegun.conversation])
            let status = { try await world.store.message($0, in: world.workspace)?.status }
            #expect(try await status(begun.message) == .uncertain)
            #expect(try await status(unbegun.message) == .queued)
            let again = try await world.store.claimSends(grip, limit: 10)
            #expect(again.map(\.message) == [unbegun.message])
            #expect(again.map(\.job.attempt) == [1])
        }
    }
}
