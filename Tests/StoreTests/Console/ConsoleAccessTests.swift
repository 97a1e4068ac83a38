import Domain
import Secrets
import Testing

@testable import Store

@Suite struct ConsoleAccessTests {
    @Test(arguments: TestDatabase.available)
    func `a key is known by its hash, until it is disabled`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let token = try await world.store.createAPIKey(name: "shop", scopes: [.read], in: world.workspace)

            let access = try #require(await world.store.apiKey(token.hash))
            #expect(access.scopes == [.read])
            #expect(access.workspace == world.workspace)
            #expect(access.region == "MX")
            #expect(try await world.store.apiKey(TokenHash(of: "pk_ops"))?.scopes == [.read, .write])
            #expect(try await world.store.apiKey(TokenHash(of: "pk_other"))?.name == nil)
            let used = try await world.store.apiKeys(in: world.workspace).first { $0.name == "shop" }?.usedAt
            #expect(used == world.clock.now)

            #expect(try await world.store.disableAPIKey(named: "shop", in: world.workspace))
            #expect(try await !world.store.disableAPIKey(named: "ops", in: world.workspace))
            #expect(try await world.store.apiKey(token.hash)?.name == nil)
        }
    }

    private struct Sender {
        let world: ConsoleWorld
        let access: APIKeyAccess
        let conversation: ConversationID

        init(_ world: ConsoleWorld) async throws {
            try await world.write("Hola", wamid: "wamid.1")
            self.world = world
            access = try #require(await world.store.apiKey(TokenHash(of: "pk_ops")))
            conversation = try await world.onlyConversation().id
        }

        func send(_ text: String, key: String) async throws -> IdempotentOutcome<AcceptedMessage> {
            try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: text)), author: .api(key: access.name)),
                once: IdempotentRequest(
                    workspace: world.workspace, apiKey: access.id, key: key, fingerprint: text)
            ) { StoredAnswer(status: 201, body: "\($0.message)") }
        }

        func outgoing() async throws -> [MessageID] {
            try await world.store.thread(conversation, in: world.workspace).items.filter { !$0.isInbound }.map(\.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a repeat is answered as the first was, and sends nothing`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let sender = try await Sender(world)

            let first = try await sender.send("Buenas", key: "k1")
            let second = try await sender.send("Buenas", key: "k1")

            guard case .done(let accepted, let answer) = first, case .replayed(let replayed) = second else {
                Issue.record("the first was not done, or the second not replayed")
                return
            }
            #expect(replayed == answer)
            #expect(try await sender.outgoing() == [accepted.message])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `another payload under the same key is a mistake`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let sender = try await Sender(world)
            _ = try await sender.send("Buenas", key: "k1")

            let error = await #expect(throws: PuenteError.self) { try await sender.send("Malas", key: "k1") }

            #expect(error == .idempotencyKeyReused)
            #expect(try await sender.outgoing().count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a refusal is not remembered`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let sender = try await Sender(world)
            world.clock.advance(by: .hours(25))
            let error = await #expect(throws: PuenteError.self) { try await sender.send("Buenas", key: "k1") }
            try await world.write("Sigo aquí", wamid: "wamid.2")

            let outcome = try await sender.send("Buenas", key: "k1")

            #expect(error?.detail == "outside_service_window")
            guard case .done = outcome else {
                Issue.record("a request that was refused before was taken for a repeat")
                return
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a key is free again after a day`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let sender = try await Sender(world)
            _ = try await sender.send("Buenas", key: "k1")
            world.clock.advance(by: .hours(23))
            try await world.write("Sigo aquí", wamid: "wamid.2")
            world.clock.advance(by: .hours(2))

            guard case .done = try await sender.send("Otra cosa", key: "k1") else {
                Issue.record("the answer of yesterday was repeated")
                return
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of ten repeats at one moment one is taken on`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let sender = try await Sender(world)

            let done = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...10 {
                    group.addTask {
                        do {
                            if case .done = try await sender.send("Buenas", key: "k1") { return 1 }
                        } catch let error as PuenteError where error == .idempotencyInProgress {}
                        return 0
                    }
                }
                return try await group.reduce(0, +)
            }

            #expect(done == 1)
            #expect(try await sender.outgoing().count == 1)
        }
    }
}
