import Domain
import Store
import Testing

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
}
