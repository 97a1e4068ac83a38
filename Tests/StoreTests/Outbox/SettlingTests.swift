import Domain
import Testing

@testable import Store

@Suite struct SettlingTests {
    private func uncertainSend(_ world: ConsoleWorld) async throws -> (message: MessageID, job: JobID) {
        try await world.write("Hola", wamid: "wamid.in")
        let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
        try await world.send(world.failed(.unknown, code: "timeout", .uncertain))
        let job: JobID? = try await world.store.look(
            "SELECT id FROM job WHERE kind = 'whatsapp.send' AND subject_id = :id", ["id": accepted.message])
        return (accepted.message, try required(job))
    }

    @Test(arguments: TestDatabase.available)
    func `without news an uncertain send becomes a dead letter that says it may have been sent`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let send = try await uncertainSend(world)
            let settle = { try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy()).count }
            world.clock.advance(by: .minutes(4))
            #expect(try await settle() == 0)
            // A quiet number: no webhook came after the five minutes, so no news could have come either.
            world.clock.advance(by: .minutes(2))
            #expect(try await settle() == 0)
            world.clock.advance(by: .hours(1))
            #expect(try await settle() == 1)
            #expect(try await world.state(of: send.job) == .discarded)
            let letter = try #require(try await world.store.deadLetter(send.job, in: world.workspace))
            #expect(letter.mayHaveBeenSent)
            #expect(letter.answerBy == world.clock.now + .hours(24))
            #expect(try await world.store.message(send.message, in: world.workspace)?.status == .uncertain)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a webhook of the number after the five minutes shows that news could have come`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let send = try await uncertainSend(world)
            let settle = { try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy()).count }
            world.clock.advance(by: .minutes(4))
            try await world.write("Sigo aquí", wamid: "wamid.in.2")
            world.clock.advance(by: .minutes(2))
            #expect(try await settle() == 0)

            try await world.write("¿Hola?", wamid: "wamid.in.3")

            #expect(try await world.store.numbers(in: world.workspace).first?.lastEventAt == world.clock.now)
            #expect(try await settle() == 1)
            #expect(try await world.state(of: send.job) == .discarded)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `time does not count while bodies wait to be read`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let send = try await uncertainSend(world)
            let waiting = IntakeBody(
                id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false, body: [1])
            try await world.store.append([waiting], node: 1)
            world.clock.advance(by: .hours(3))
            #expect(try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy()).count == 0)
            #expect(try await world.state(of: send.job) == .uncertain)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `news that comes after the dead letter still settles it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let send = try await uncertainSend(world)
            world.clock.advance(by: .hours(2))
            _ = try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy())
            try await world.receive([world.news("read", of: "wamid.out", callback: "\(send.message)")])
            #expect(try await world.state(of: send.job) == .completed)
            #expect(try await world.shownStatus(of: "wamid.out") == .read)
        }
    }

    /// With `whatsapp.on_uncertain: retry` the last attempt may end like this.
    @Test(arguments: TestDatabase.available)
    func `a send that was repeated without an answer may have been sent, and news still settles it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.in")
            let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
            try await world.send(world.failed(.unknown, code: "timeout", .discarded))
            let letters = try await world.store.deadLetters(DeadLetterQuery(), in: world.workspace).items
            let letter = try #require(letters.first { $0.jobKind == .send })

            let retried = try await world.store.retryDeadLetters([letter.id], in: world.workspace, by: "ana")
            let message = try await world.store.message(accepted.message, in: world.workspace)
            try await world.receive([world.news("sent", of: "wamid.out", callback: "\(accepted.message)")])

            #expect(letter.mayHaveBeenSent)
            #expect(retried.unconfirmed == [letter.id])
            #expect(message?.status == .uncertain)
            #expect(try await world.shownStatus(of: "wamid.out") == .sent)
            #expect(try await world.state(of: letter.id) == .completed)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter is reminded of once before it is due`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.enqueue()
            try await world.finish(world.claim(), .discarded)
            let remind = { try await world.store.remindOfDeadLetters(before: .hours(1)) }
            #expect(try await remind() == 0)
            world.clock.advance(by: .hours(23) + .minutes(1))
            #expect(try await remind() == 1)
            #expect(try await remind() == 0)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM alarm") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the reminder says how many are due now, and ends with the last, whatever way they left`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let first = try await world.enqueue(key: 1)
            let second = try await world.enqueue(key: 2)
            let third = try await world.enqueue(key: 3)
            try await world.finish(world.claim(), .discarded)
            let shown = {
                _ = try await world.store.remindOfDeadLetters(before: .hours(1))
                return try await world.store.navigation(in: world.workspace).alarms.map(\.text.en)
            }
            world.clock.advance(by: .hours(23) + .minutes(1))
            #expect(try await shown().map { $0.prefix(18) } == ["3 dead letters are"])

            // By a person in the console, who sees it at once; by the API; and with its message.
            _ = try await world.store.dismissDeadLetters([first], in: world.workspace, by: "Ana")
            let alarms = try await world.store.navigation(in: world.workspace).alarms
            #expect(alarms.map { $0.text.en.prefix(18) } == ["2 dead letters are"])
            _ = try await world.store.retry(second, in: world.workspace, by: "Ana")
            #expect(try await shown().map { $0.prefix(16) } == ["1 dead letter is"])
            try await world.store.database.write { connection in
                try connection.execute(
                    "DELETE FROM job WHERE workspace_id > 0 AND id = :id AND state = 'discarded'", ["id": third])
            }
            #expect(try await shown() == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead activity moves between the ledger's columns when it is retried or dismissed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.record(world.refused)
            let ledger = { try await world.store.recount(in: world.workspace) }
            #expect(try await ledger().ledger.connections.first?.dead == 1)
            let job: JobID = try required(
                await world.store.look("SELECT id FROM job WHERE state = 'discarded'"))

            _ = try await world.store.retry(job, in: world.workspace, by: "Ana")
            #expect(try await ledger().ledger.connections.first?.waiting == 1)
            #expect(try await ledger().differences == [])

            try await world.record(world.refused)
            _ = try await world.store.dismiss(job, in: world.workspace, by: "Ana")
            #expect(try await ledger().ledger.connections.first?.notApplicable == 1)
            #expect(try await ledger().differences == [])
            #expect(try await world.store.retry(job, in: world.workspace, by: "Ana") == nil)
        }
    }
}
