import Domain
import Testing

@testable import Store

/// Values of templates that name what is known of whoever gets them.
@Suite struct TemplateParameterTests {
    private static func world(
        on engine: TestDatabase, _ body: @escaping @Sendable (ConsoleWorld, ContactID) async throws -> Void
    ) async throws {
        try await engine.withWorld { world in
            try await world.store.replaceTemplates(
                [
                    try StoredTemplate(
                        metaID: "saludo", name: "saludo", language: "es", reason: nil,
                        facts: TemplateFacts(
                            status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: ["1"], isNamed: false,
                            buttonSlots: [], bodyText: "Hola {{1}}", footerText: "Ejemplo S.A.", quickReplies: []),
                        components: "[]")
                ], waba: ConsoleWorld.wabaID, in: world.workspace)
            let contact = try await world.say("amigo").contact
            try await body(world, contact)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `it is filled from the contact, else from its fallback`(engine: TestDatabase) async throws {
        try await Self.world(on: engine) { world, contact in
            #expect(try await world.rendered("{{first_name|amigo}}") == "Hola amigo")
            _ = try await world.store.editContact(
                contact, ContactEdit(name: "Lucía  Pérez"), by: "Ana", in: world.workspace)

            #expect(try await world.rendered("{{first_name|amigo}}") == "Hola Lucía")
            #expect(
                try await world.rendered("{{customer_name}}, {{ email | sin correo }}")
                    == "Hola Lucía Pérez, sin correo")
            #expect(try await world.rendered("{{company|first_name}}") == "Hola Lucía")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what staff note is never told, and other words in braces stay`(engine: TestDatabase) async throws {
        try await Self.world(on: engine) { world, contact in
            _ = try await world.store.editContact(
                contact, ContactEdit(note: "paga tarde"), by: "Ana", in: world.workspace)

            for text in ["{{note}}", "{{labels|x}}", "{{shoe_size}}", "{ {name} }"] {
                #expect(try await world.rendered(text) == "Hola \(text)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `where nothing is known and nothing stands for it, nothing is sent`(engine: TestDatabase) async throws {
        try await Self.world(on: engine) { world, _ in
            let refused = await #expect(throws: PuenteError.self) { try await world.rendered("{{email}}") }

            #expect(refused?.detail == "variable_unfilled")
            #expect(refused?.message.es.contains("{{email}}") == true)
        }
    }
}

extension ConsoleWorld {
    /// Sends a greeting with a value; who gets it is always the same.
    fileprivate func say(_ text: String) async throws -> AcceptedMessage {
        try await store.accept(
            MessageCommand(
                workspace: workspace, target: .address(.phone("5215512345678"), from: number),
                content: .template(TemplateContent(name: "saludo", language: "es", body: [.init(value: .text(text))])),
                author: .api(key: "k")))
    }

    /// What the customer reads.
    fileprivate func rendered(_ text: String) async throws -> String? {
        let message = try await say(text).message
        let content: String? = try await store.look(
            "SELECT content FROM message WHERE id = :id", ["id": message], as: String.self)
        guard case .template(let template) = try JSONText.decode(MessageContent.self, from: content ?? "") else {
            return nil
        }
        return template.rendered
    }
}
