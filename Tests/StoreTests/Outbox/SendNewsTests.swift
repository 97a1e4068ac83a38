import Domain
import Testing

@testable import Store

/// What becomes of a message without anybody looking on: pages and CRMs are told of it, once.
@Suite struct SendNewsTests {
    /// Ana's answer to Lucía, known to the CRM.
    private func answered(_ world: ConsoleWorld) async throws -> AcceptedMessage {
        try await world.write("Hola", wamid: "wamid.in")
        let accepted = try await world.answer("Buenas", in: world.onlyConversation().id, by: world.hire("ana"))
        try await world.recordAll()
        return accepted
    }

    private func turn(_ world: ConsoleWorld, _ outcomes: [SendOutcome] = []) async throws -> SendTurn {
        try await world.store.takeTurn(
            SendTurnRequest(outcomes: outcomes, limit: 10), grip: world.grip(.number(world.number)),
            policy: RetryPolicy())
    }

    /// Whether the CRM will be told, and every open page of the conversation.
    private func expectNews(
        _ report: RecordReport, of accepted: AcceptedMessage, _ world: ConsoleWorld
    ) async throws {
        #expect(report.lanes == [.connection(world.crm)])
        #expect(report.conversations[world.workspace] == [accepted.conversation])
        let updates = try await world.store.look(
            "SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.update' AND state = 'available' AND subject_id = :id",
            ["id": accepted.message], as: Int.self)
        #expect(updates == 1)
    }

    @Test(arguments: TestDatabase.available)
    func `a message that is refused when it is about to leave`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let accepted = try await answered(world)
            world.clock.advance(by: .hours(24))
            let turn = try await turn(world)
            try await expectNews(turn.report, of: accepted, world)
            #expect(try await world.store.message(accepted.message, in: world.workspace)?.status == .refused)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a send that was in flight when its node went`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let accepted = try await answered(world)
            _ = try await turn(world)
            let grip = try await world.takeOver(.number(world.number))
            let rescue = try await world.store.rescue(grip, verifyAfter: nil)
            try await expectNews(rescue.report, of: accepted, world)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an uncertain send that is given up`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let accepted = try await answered(world)
            try await world.send(world.failed(.unknown, code: "timeout", .uncertain))
            try await world.recordAll()
            world.clock.advance(by: .hours(2))
            let given = try await world.store.settleUncertain(after: .minutes(5), policy: RetryPolicy())
            #expect(given.count == 1)
            try await expectNews(given.report, of: accepted, world)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a row that nobody can read becomes a dead letter, and the others leave`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let broken = try await answered(world)
            try await world.write("Buenas", wamid: "wamid.carlos", from: ConsoleWorld.carlos)
            let other = try required(await world.conversations().first { $0.id != broken.conversation })
            let next = try await world.answer("Dígame", in: other.id, by: world.hire("eva"))
            try await world.recordAll()
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE message SET content = 'not JSON' WHERE id = :id", ["id": broken.message])
            }

            let turn = try await turn(world)

            #expect(turn.sends.map(\.message) == [next.message])
            #expect(turn.report.conversations[world.workspace] == [broken.conversation])
            let failure = try await world.store.look(
                "SELECT failure FROM job WHERE kind = 'whatsapp.send' AND state = 'discarded'", as: String.self)
            #expect(failure?.contains("unreadable_message") == true)
            #expect(
                try await world.store.look(
                    "SELECT status FROM message WHERE id = :id", ["id": broken.message], as: MessageStatus.self)
                    == .failed)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an outcome that is written again counts once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await answered(world)
            let jobs = try await turn(world).sends
            for outcome in [world.accepted("wamid.out"), world.failed(.permanent, .discarded)] {
                _ = try await turn(world, jobs.map(outcome))
                _ = try await turn(world, jobs.map(outcome))
            }
            let count = { (kind: String) in
                try await world.store.look(
                    "SELECT count FROM counter WHERE kind = :kind AND minute = -1", ["kind": kind], as: Int.self)
            }
            #expect(try await count("sends.accepted") == 1)
            // The message had left by then: a refusal that comes later changes nothing.
            #expect(try await count("sends.failed") == nil)
        }
    }

    /// A status that carries our callback data is evidence, too: it may come before Meta's answer, or instead of it.
    @Test(arguments: TestDatabase.available, ["sent", "failed"])
    func `a send is counted as accepted once, whichever of status and answer comes first`(
        engine: TestDatabase, name: String
    ) async throws {
        try await engine.withWorld { world in
            let accepted = try await answered(world)
            let jobs = try await turn(world).sends
            try await world.receive([world.news(name, of: "wamid.out", callback: "\(accepted.message)")])
            _ = try await turn(world, jobs.map(world.accepted("wamid.out")))
            try await world.receive([world.news("delivered", of: "wamid.out", callback: "\(accepted.message)")])

            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.ledger.sends.accepted == 1)
            #expect(recount.differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a put-back is no change of state, and says why`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let accepted = try await answered(world)
            let jobs = try await turn(world).sends
            for _ in 1...2 {
                _ = try await turn(world, jobs.map(world.failed(.transient, .retried(at: world.clock.now + .hours(1)))))
            }
            let message = try #require(try await world.store.message(accepted.message, in: world.workspace))
            #expect(message.status == .queued)
            #expect(message.failure?.code == "131026")
            #expect(
                try await world.store.look(
                    "SELECT count FROM counter WHERE kind = 'sends.queued' AND minute = -1", as: Int.self) == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter that came back is reminded of again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let job = try await world.enqueue()
            let remind = { try await world.store.remindOfDeadLetters(before: .hours(1)) }
            for _ in 1...2 {
                try await world.finish(world.claim(), .discarded)
                world.clock.advance(by: .hours(23) + .minutes(1))
                #expect(try await remind() == 1)
                _ = try await world.store.retry(job, in: world.workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a user id belongs to the portfolio of the number that writes`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            var provision = ConsoleWorld.provision
            provision.numbers["second"] = .init(
                app: "main", phoneNumberID: "2", wabaID: "22", portfolioID: "70", displayNumber: "+34 600 000 002",
                accessToken: "t")
            _ = try await world.store.provision(provision)
            let second = try required(
                await world.store.numberAccounts().first { $0.phoneNumberID == "2" })
            try await world.receive(
                [
                    .message(
                        ReceivedMessage(
                            id: "in.2", origin: .customer, participant: Participant(userID: "MX.1"),
                            at: world.clock.now, content: .text(TextContent(body: "Hola"))))
                ], phoneNumberID: "2")

            let accepted = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .address(.userID("MX.1"), from: second.id),
                    content: .text(TextContent(body: "Buenas")), author: .api(key: "k")))

            #expect(accepted.conversation == (try await world.onlyConversation().id))
        }
    }
}
