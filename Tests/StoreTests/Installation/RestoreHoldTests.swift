import Domain
import Testing

@testable import Store

@Suite struct RestoreHoldTests {
    private func hold(_ world: ConsoleWorld) -> RestoreHold {
        RestoreHold(world.store.database, ids: world.store.ids)
    }

    @Test(arguments: TestDatabase.available)
    func `what was due to be written into a CRM is looked for there first`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")

            _ = try await hold(world).apply(backupAt: nil, now: world.clock.now)

            try await world.record { job in
                #expect(job.job.mustVerify)
                return world.recorded(job)
            }
            try await world.write("¿Hola?", wamid: "2")
            try await world.record { job in
                #expect(!job.job.mustVerify)
                return world.recorded(job)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter to a customer may have been sent since, and is not repeated unasked`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            try await world.send(world.failed(.permanent, .discarded))
            let job = try #require(
                await world.store.look("SELECT id FROM job WHERE state = 'discarded'", as: JobID.self))

            let report = try await hold(world).apply(backupAt: nil, now: world.clock.now)

            #expect(report.uncertainMessages == 1)
            #expect(try await world.store.message(accepted.message, in: world.workspace)?.status == .uncertain)
            let again = try await world.store.retryDeadLetters([job], in: world.workspace, by: "Ana")
            #expect(again.settled == [])
            #expect(again.unconfirmed == [job])
            await #expect(throws: PuenteError.cannotBeMended) {
                try await world.store.mendDeadLetter(
                    job, with: .phone("5213398765432"), in: world.workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter to a CRM is looked for there before a person's next try`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.record(world.refused)
            let job = try #require(
                await world.store.look("SELECT id FROM job WHERE state = 'discarded'", as: JobID.self))

            let report = try await hold(world).apply(backupAt: nil, now: world.clock.now)
            _ = try await world.store.retryDeadLetters([job], in: world.workspace, by: "Ana")

            #expect(report.uncertainMessages == 0)
            try await world.record { job in
                #expect(job.job.mustVerify)
                return world.recorded(job)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `no read mark leaves before the release`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let message = try #require(await world.store.look("SELECT id FROM message", as: MessageID.self))
            _ = try await hold(world).apply(backupAt: nil, now: world.clock.now)
            _ = try await world.store.markReadFromCRM(message, in: world.workspace)
            let grip = try world.grip(.number(world.number))

            #expect(try await world.store.claimReadMarks(grip, limit: 10).isEmpty)

            try await hold(world).release(now: world.clock.now)
            #expect(try await world.store.claimReadMarks(grip, limit: 10).count == 1)
        }
    }
}
