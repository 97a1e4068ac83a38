import Domain
import Testing

@testable import Store

/// What subscribers are told of, from the fact to the event.
@Suite struct WebhookEventTests {
    @Test(arguments: TestDatabase.available)
    func `nothing is noted for nobody`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")

            #expect(try await world.noted() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a customer's message is told with who wrote it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: [.messageReceived])

            try await world.write("¿Está listo?", wamid: "1")
            try await world.receive([world.text("Eco", wamid: "2", origin: .echo)])

            #expect(try await world.pump() == 1)
            let event = try #require(try await world.bodies(.messageReceived).first)
            let conversation = try await world.onlyConversation().id
            #expect(event.type == "message.received")
            #expect(event.timestamp == "2026-11-18T23:02:00.000Z")
            #expect(event.text("text") == "¿Está listo?")
            #expect(event.text("contact_name") == "Lucía Fernández")
            #expect(event.text("contact_phone") == "+5215512345678")
            #expect(event.text("conversation_url") == "https://puente.example.com/inbox/\(conversation)")
            #expect(event.data["sequence"] == .integer(1))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the same message twice is told once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: [.messageReceived])

            for _ in 0..<2 { try await world.write("Hola", wamid: "1") }

            #expect(try await world.pump() == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each step of a message of ours is told as it was then`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: [.messageStatusChanged])
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "1")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: ana)
            try await world.send(world.accepted("10"))

            for status in ["sent", "delivered", "read", "delivered"] { try await world.status(status, of: "10") }

            #expect(try await world.pump() == 3)
            #expect(
                try await world.bodies(.messageStatusChanged).map { $0.text("status") } == [
                    "sent", "delivered", "read",
                ])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a new contact is told once, and each change of them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: [.contactCreated, .contactUpdated])
            let draft = ContactDraft(name: "Zoé", addresses: [.init(.email, "zoe@ejemplo.mx")])
            guard
                case .saved(_, let zoe, _) = try await world.store.createContact(draft, by: "Ana", in: world.workspace)
            else { throw Missing() }
            #expect(try await world.pump() == 1)

            let label = try await world.store.createLabel("VIP", color: .gray, in: world.workspace, by: "Ana")
            _ = try await world.store.addLabel(label, to: zoe, in: world.workspace, by: "Ana")
            _ = try await world.store.editContact(zoe, ContactEdit(name: "Zoe"), by: "Ana", in: world.workspace)

            #expect(try await world.pump() == 1)
            #expect(try await world.bodies(.contactCreated).map { $0.text("contact_email") } == ["zoe@ejemplo.mx"])
            let changed = try #require(try await world.bodies(.contactUpdated).first)
            #expect(changed.text("contact_name") == "Zoe")
            #expect(changed.data["labels"] == .list([.text("VIP")]))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who takes consent back is told of`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: [.consentChanged])

            try await world.write("STOP", wamid: "1")

            #expect(try await world.pump() > 0)
            let events = try await world.bodies(.consentChanged)
            #expect(events.contains { $0.text("change") == "opted_out" && $0.text("purpose") == "marketing" })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a conversation that a person answers is handed over to them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: [.conversationHandedOver])
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "1")
            _ = try await world.answer("Buenas", in: world.onlyConversation().id, by: ana)

            #expect(try await world.pump() == 1)
            let event = try #require(try await world.bodies(.conversationHandedOver).first)
            #expect(event.text("from") == "queue")
            #expect(event.text("to") == "person")
            #expect(event.text("to_name") == "ana")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a sample looks like what will come`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Antes", wamid: "1")
            let sample = try #require(try await world.bodies(.messageReceived).first)
            try await world.subscribe(to: [.messageReceived])

            try await world.write("Después", wamid: "2")
            try await world.pump()

            let event = try #require(try await world.bodies(.messageReceived).last)
            #expect(Set(sample.data.keys) == Set(event.data.keys))
            #expect(sample.text("text") == "Antes")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is erased is told nothing of, and nothing is kept`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.subscribe(to: WebhookEventType.subscribable)
            let lucia = try await world.makeLucia()
            try await world.pump()

            _ = try await world.erase(lucia)
            try await world.pump()

            try await world.expectNothing(of: ConsoleWorld.traces + [ConsoleWorld.wamid])
        }
    }
}

extension ConsoleWorld {
    fileprivate func noted() async throws -> Int {
        try await store.database.read { try $0.value("SELECT COUNT(*) AS n FROM webhook_news", as: Int.self) } ?? 0
    }
}
