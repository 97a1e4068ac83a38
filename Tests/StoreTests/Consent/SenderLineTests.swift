import Domain
import Testing

@testable import Store

/// The line that Puente adds to the first free-form message of a conversation, so that it says who writes (R12).
@Suite struct SenderLineTests {
    private static let line = "— Ejemplo S.A."

    @Test(arguments: TestDatabase.available)
    func `the first answer gets the line, and it is stored, shown and sent with it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            let ana = try await world.hire("ana")

            let first = try await world.answer("Buenas", in: conversation, by: ana)
            let second = try await world.answer("¿En qué le ayudo?", in: conversation, by: ana)

            #expect(first.addedLine == Self.line)
            #expect(second.addedLine == nil)
            let stored = try #require(try await world.store.message(first.message, in: world.workspace))
            #expect(stored.content == .text(TextContent(body: "Buenas\n\(Self.line)")))
            #expect(try await world.leavingTexts() == ["Buenas\n\(Self.line)"])
            #expect(try await world.leavingTexts() == ["¿En qué le ayudo?"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who names the company gets no line`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            let accepted = try await world.answer("Soy Ana, de EJEMPLO", in: conversation, by: world.hire("ana"))
            #expect(accepted.addedLine == nil)
            #expect(try await world.leavingTexts() == ["Soy Ana, de EJEMPLO"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the company words the line itself, with its name in it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for wrong in [
                "Saludos", "{company}\nHola", "x{company}", "www.{company}", String(repeating: "a", count: 101),
            ] {
                let error = await #expect(throws: PuenteError.self) {
                    try await world.set(SendGateRules(senderLine: wrong))
                }
                #expect(error?.detail == "sender_line", "\(wrong)")
            }
            try await world.set(SendGateRules(senderLine: "{company} le saluda"))
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            _ = try await world.answer("Buenas", in: conversation, by: world.hire("ana"))
            #expect(try await world.leavingTexts() == ["Buenas\nEjemplo S.A. le saluda"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what has no room for a line is not the first`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            let ana = MessageCommand.Author.staff(try await world.hire("ana"), name: "Ana")
            func send(_ content: MessageContent) async throws -> AcceptedMessage {
                try await world.store.accept(
                    MessageCommand(
                        workspace: world.workspace, target: .conversation(conversation), content: content, author: ana))
            }
            let roomless: [MessageContent] = [
                .media(MediaContent(kind: .audio, link: "https://example.com/a.ogg")),
                .media(MediaContent(kind: .sticker, link: "https://example.com/a.webp")),
                .location(LocationContent(latitude: 19.4, longitude: -99.1)),
                .reaction(ReactionContent(messageID: "1", emoji: "👍")),
                .text(TextContent(body: String(repeating: "a", count: 4090))),
            ]
            for content in roomless {
                let error = await #expect(throws: PuenteError.self) { try await send(content) }
                #expect(error?.detail == "sender_not_named", "\(content.kind)")
            }
            #expect(try await send(.text(TextContent(body: "Buenas"))).addedLine == Self.line)
            for content in roomless { #expect(try await send(content).addedLine == nil) }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a window that opens anew begins the conversation anew`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            let ana = try await world.hire("ana")
            func answer(_ text: String) async throws -> [String] {
                _ = try await world.answer(text, in: conversation, by: ana)
                return try await world.leavingTexts()
            }
            #expect(try await answer("Buenas") == ["Buenas\n\(Self.line)"])

            // The window stays open as long as the customer keeps writing.
            for wamid in ["2", "3"] {
                world.clock.advance(by: .hours(23))
                try await world.write("¿Y?", wamid: wamid)
                #expect(try await answer("Un momento") == ["Un momento"])
            }
            world.clock.advance(by: .hours(25))
            try await world.write("¿Y ahora?", wamid: "4")
            #expect(try await answer("Listo") == ["Listo\n\(Self.line)"])
            #expect(try await answer("De nada") == ["De nada"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who answers a notice of the last 24 hours knows who writes`(engine: TestDatabase) async throws {
        for (hours, isKnown) in [(1, true), (23, true), (25, false)] {
            try await engine.withWorld { world in
                try await world.addTemplates()
                try await world.send("aviso")
                try await world.leave()
                world.clock.advance(by: .hours(hours))
                try await world.write("Gracias", wamid: "1")
                let accepted = try await world.answer(
                    "De nada", in: world.onlyConversation().id, by: world.hire("ana"))
                #expect((accepted.addedLine == nil) == isKnown, "\(hours)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `when the message with the line failed, the next one gets it as it leaves`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let conversation = try await world.onlyConversation().id
            let ana = try await world.hire("ana")
            _ = try await world.answer("Buenas", in: conversation, by: ana)
            let second = try await world.answer("¿En qué le ayudo?", in: conversation, by: ana)
            #expect(second.addedLine == nil)
            try await world.send(world.failed(.permanent, .discarded))

            let text = "¿En qué le ayudo?\n\(Self.line)"
            #expect(try await world.leavingTexts() == [text])
            let stored = try #require(try await world.store.message(second.message, in: world.workspace))
            #expect(stored.content.plainText == text)
            #expect(try await world.onlyConversation().preview == "¿En qué le ayudo? \(Self.line)")
        }
    }
}
