import Domain
import Store
import Testing
import WhatsApp

@testable import Pipeline

@Suite struct InterpreterTests {
    private func append(_ texts: [String], _ world: PipelineWorld) async throws {
        try await world.store.append(texts.map { world.body($0) }, node: 1)
    }

    /// Makes the database refuse one message, whatever it is recorded with.
    private func refuse(_ wamid: String, _ world: PipelineWorld) async throws {
        try await world.store.database.write { connection in
            try connection.execute(
                """
                CREATE TRIGGER refuse BEFORE INSERT ON message WHEN NEW.wamid = '\(wamid)'
                BEGIN SELECT RAISE(ABORT, 'refused'); END
                """)
        }
    }

    @Test func `a webhook becomes a message`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.1"])], world)
            #expect(try await world.interpreter().interpretSome() == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(try await world.interpreter().interpretSome() == 0)
        }
    }

    @Test func `a body that fails alone does not stop its neighbours`() async throws {
        try await PipelineWorld.with { world in
            try await refuse("wamid.bad", world)
            try await append(
                [
                    PipelineWorld.webhook(["wamid.1"]), PipelineWorld.webhook(["wamid.bad"]),
                    PipelineWorld.webhook(["wamid.2"]),
                ], world)
            _ = try await world.interpreter().interpretSome()
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 2)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'interpreted'") == 3)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM unrouted WHERE kind = 'message'") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `one update that fails does not stop the others of its body`() async throws {
        try await PipelineWorld.with { world in
            try await refuse("wamid.bad", world)
            try await append([PipelineWorld.webhook(["wamid.1", "wamid.bad", "wamid.2"])], world)
            _ = try await world.interpreter().interpretSome()
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 2)
            #expect(try await world.count("SELECT position AS n FROM unrouted") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: ["", "{", "[]", "null", #"{"object":"page"}"#, "\u{0}\u{1}", String(repeating: "[", count: 5_000)])
    func `what is no webhook is kept as unrouted`(text: String) async throws {
        try await PipelineWorld.with { world in
            try await append([text, PipelineWorld.webhook(["wamid.1"])], world)
            _ = try await world.interpreter().interpretSome()
            #expect(try await world.count("SELECT COUNT(*) AS n FROM unrouted") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `a body that was in hand when its node ended is taken alone`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.1"]), PipelineWorld.webhook(["wamid.2"])], world)
            _ = try await world.store.claimBodies(limit: 10, node: 999)
            _ = try await world.store.rescueBodies()
            try await append([PipelineWorld.webhook(["wamid.3"])], world)

            let interpreter = try await world.interpreter()
            #expect(await interpreter.interpretSome() == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(await interpreter.interpretSome() == 1)
            #expect(await interpreter.interpretSome() == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 3)
        }
    }

    @Test func `a body that ended three nodes is set aside, and its neighbours go on`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.trap"])], world)
            _ = try await world.store.claimBodies(limit: 10, node: 999)
            for _ in 0..<2 {
                _ = try await world.store.rescueBodies()
                _ = try await world.store.claimSuspect(node: 999)
            }
            _ = try await world.store.rescueBodies()
            try await append([PipelineWorld.webhook(["wamid.1"])], world)

            let interpreter = try await world.interpreter()
            while await interpreter.interpretSome() > 0 {}
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'quarantined'") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(
                try await world.count("SELECT COUNT(*) AS n FROM unrouted WHERE reason = 'stoppedInterpreter'") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: [false, true])
    func `bodies that were claimed without anybody's knowledge are interpreted all the same`(isBulk: Bool) async throws
    {
        try await PipelineWorld.with { world in
            try await world.store.append(
                [world.body(PipelineWorld.webhook(["wamid.1"]), isBulk: isBulk)], node: world.store.ids.node)
            let interpreter = try await world.interpreter()
            world.database.spoil(.answerLost, onceThereIs: "intake WHERE state = 'claimed'")

            #expect(await interpreter.interpretSome() == 0)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'claimed'") == 1)
            #expect(await interpreter.interpretSome() == 1)

            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            // It was in nobody's hands: that is no attempt.
            #expect(try await world.count("SELECT attempt AS n FROM intake") == 1)
        }
    }

    @Test func `what was interpreted and lost with the database's server is interpreted again`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.1"])], world)
            let interpreter = try await world.interpreter()
            world.database.spoil(.forgotten, onceThereIs: "intake WHERE state = 'claimed'")

            #expect(await interpreter.interpretSome() == 1)
            #expect(!world.database.isSpoiling)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 0)
            #expect(await interpreter.interpretSome() == 1)

            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'interpreted'") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    /// The lease ended and the node joined anew; or it had only just begun.
    @Test func `a body in hand stays in hand when the node gets another number`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.1"])], world)
            let ids = world.store.ids
            let interpreter = try await world.interpreter { _ in
                ids.adopt(node: 77)
                return false
            }

            #expect(try await interpreter.interpretSome() == 1)

            #expect(ids.node == 77)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'interpreted'") == 1)
        }
    }

    @Test func `nothing is claimed before the node has its number`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.1"])], world)
            let lease = LeaseClock()
            let interpreter = try await world.interpreter(lease: lease)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await interpreter.run() }
                try await Task.sleep(for: .milliseconds(100))
                #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'waiting'") == 1)

                lease.renewed(asked: .now, times: LeaseTimes())
                while try await world.count("SELECT COUNT(*) AS n FROM message") == 0 { await Task.yield() }
                group.cancelAll()
            }
        }
    }

    @Test func `a body is set aside also when the database is away at first`() async throws {
        try await PipelineWorld.with { world in
            try await append([PipelineWorld.webhook(["wamid.trap"])], world)
            try await world.store.database.write { try $0.execute("UPDATE intake SET attempt = 3") }
            world.database.spoil(.refused, onceThereIs: "intake WHERE state = 'claimed' AND attempt = 4")

            #expect(try await world.interpreter().interpretSome() == 1)

            #expect(!world.database.isSpoiling)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'quarantined'") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `a long body is recorded in parts, and goes on where a crash left it`() async throws {
        try await PipelineWorld.with { world in
            let wamids = (0..<150).map { "wamid.\($0)" }
            try await world.store.append([world.body(PipelineWorld.webhook(wamids), isBulk: true)], node: 1)
            let claimed = try #require(try await world.store.claimWork(isBulk: true, limit: 1, node: 999).first)
            let body = InterpretedBody(
                intake: claimed.intake.id, receivedAt: claimed.intake.receivedAt, app: claimed.intake.app,
                updates: WebhookDecoder.decode(claimed.intake.body).updates)
            let parts = body.parts(of: 66)
            #expect(parts.map(\.positions) == [0..<66, 66..<132, 132..<150])
            let routes = try await world.store.routingTable()
            _ = try await world.store.record([parts[0]], routes: routes, node: 999)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 66)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'interpreted'") == 0)

            _ = try await world.store.rescueBodies()
            #expect(try await world.interpreter().interpretSome() == 1)

            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 150)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake WHERE state = 'interpreted'") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM counter WHERE kind = 'messages.duplicates'") == 0)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test func `one update that fails in a long body does not stop the others`() async throws {
        try await PipelineWorld.with { world in
            try await refuse("wamid.70", world)
            let wamids = (0..<150).map { "wamid.\($0)" }
            try await world.store.append([world.body(PipelineWorld.webhook(wamids), isBulk: true)], node: 1)
            _ = try await world.interpreter().interpretSome()
            #expect(try await world.count("SELECT COUNT(*) AS n FROM message") == 149)
            #expect(try await world.count("SELECT position AS n FROM unrouted") == 70)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }
}
