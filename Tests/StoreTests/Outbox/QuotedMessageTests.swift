import Domain
import Testing

@testable import Store

/// Which messages an answer may quote.
@Suite struct QuotedMessageTests {
    private func message(_ wamid: String, _ world: ConsoleWorld) async throws -> MessageID {
        try required(
            await world.store.look("SELECT id FROM message WHERE wamid = :wamid", ["wamid": wamid], as: MessageID.self))
    }

    private func conversation(of message: MessageID, _ world: ConsoleWorld) async throws -> ConversationID {
        try required(
            await world.store.look(
                "SELECT conversation_id FROM message WHERE id = :id", ["id": message], as: ConversationID.self))
    }

    private func answer(
        _ quoted: MessageID, in conversation: ConversationID, _ world: ConsoleWorld
    ) async throws -> MessageID {
        try await world.store.accept(
            MessageCommand(
                workspace: world.workspace, target: .conversation(conversation),
                content: .text(TextContent(body: "Sí")), replyTo: quoted, author: .api(key: "ops"))
        ).message
    }

    @Test(arguments: TestDatabase.available)
    func `only messages of the conversation that WhatsApp has are quoted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("¿Tienen?", wamid: "wamid.lucia")
            try await world.write("¿Y en rojo?", wamid: "wamid.carlos", from: ConsoleWorld.carlos)
            let question = try await message("wamid.lucia", world)
            let conversation = try await conversation(of: question, world)

            let other = try await message("wamid.carlos", world)
            await #expect(throws: PuenteError.unknownReply) { try await answer(other, in: conversation, world) }
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM message WHERE is_inbound = 0") == 0)

            let ours = try await answer(question, in: conversation, world)
            let context: String? = try await world.store.look(
                "SELECT context FROM message WHERE id = :id", ["id": ours])
            #expect(context?.contains("wamid.lucia") == true)

            // It has not left yet, so WhatsApp cannot show it.
            await #expect(throws: PuenteError.unknownReply) { try await answer(ours, in: conversation, world) }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message of an earlier conversation with the same person is quoted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("¿Tienen?", wamid: "wamid.1")
            let question = try await message("wamid.1", world)
            let closed = try await conversation(of: question, world)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE conversation SET state = 'closed'")
            }
            try await world.write("¿Hola?", wamid: "wamid.2")

            let ours = try await answer(question, in: closed, world)

            #expect(try await conversation(of: ours, world) != closed)
        }
    }
}
