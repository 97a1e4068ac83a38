import Domain
import Testing

@testable import Store

@Suite struct DuplicateTests {
    @Test(arguments: TestDatabase.available)
    func `every kind of update is a no-op the second time`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let at = world.clock.now
            let facts: [Update.Fact] = [
                world.text("Hola", wamid: "wamid.1"),
                .message(
                    ReceivedMessage(
                        id: "wamid.2", origin: .customer, participant: ConsoleWorld.lucia, at: at,
                        content: .media(MediaContent(kind: .image, mediaID: "99", mimeType: "image/jpeg")))),
                .message(
                    ReceivedMessage(
                        id: "wamid.3", origin: .customer, participant: ConsoleWorld.lucia, at: at,
                        content: .reaction(ReactionContent(messageID: "wamid.1", emoji: "👍")))),
                world.text("De la tienda", wamid: "wamid.4", origin: .echo),
                world.news("delivered", of: "wamid.4"),
                world.news("read", of: "wamid.unknown"),
                .edit(
                    MessageEdit(
                        id: "wamid.5", originalID: "wamid.1", at: at, content: .text(TextContent(body: "Hola.")))),
                .revocation(MessageRevocation(id: "wamid.6", originalID: "wamid.2", at: at)),
                .preference(
                    ContactPreference(
                        participant: ConsoleWorld.lucia, category: "marketing_messages", value: "stop", detail: nil,
                        at: at)),
                .notice(AccountNotice(event: "FLAGGED", subject: nil, at: at, detail: "{}")),
            ]
            try await world.receive(facts)
            let first = try await TableCounts.of(world.store)
            try await world.receive(facts)
            try await world.receive(facts.reversed())

            #expect(try await TableCounts.of(world.store) == first)
            // Those four, and what confirms the stop: once, however often the stop is told.
            #expect(first["message"] == 5)
            let ledger = try await world.store.recount(in: world.workspace)
            #expect(ledger.differences == [])
            #expect(ledger.ledger.messages.duplicates == 8)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a repeat does not open a closed conversation again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation()
            _ = try await world.store.close(conversation.id, in: world.workspace, expecting: .any, by: "Ana")
            let before = try await TableCounts.of(world.store)

            try await world.write("Hola", wamid: "wamid.1")

            #expect(try await TableCounts.of(world.store) == before)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a repeat in the same body counts once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let hello = world.text("Hola", wamid: "wamid.1")
            try await world.receive([hello, hello, hello])
            #expect(try await TableCounts.of(world.store)["message"] == 1)
            #expect(try await world.onlyConversation().unread == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message that was pruned is recognised when it comes again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let old = world.text("Hola", wamid: "wamid.1")
            try await world.receive([old])
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.write("Otra vez", wamid: "wamid.2")
            var retention = Retention()
            retention.messages = .days(30)
            try await world.store.prune(retention)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM message") == 1)
            let before = try await TableCounts.of(world.store)

            try await world.receive([old])

            #expect(try await TableCounts.of(world.store) == before)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the ledger still agrees with the tables after pruning`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([
                world.text("Hola", wamid: "wamid.1"), world.text("Eco", wamid: "wamid.2", origin: .echo),
                world.news("read", of: "wamid.2"),
                .edit(
                    MessageEdit(
                        id: "wamid.3", originalID: "wamid.1", at: world.clock.now,
                        content: .text(TextContent(body: "Hola.")))),
            ])
            try await world.recordAll()
            world.clock.advance(by: .days(40))
            try await world.write("Otra vez", wamid: "wamid.4")
            var retention = Retention()
            retention.messages = .days(30)
            try await world.store.prune(retention)

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM message") == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }
}
