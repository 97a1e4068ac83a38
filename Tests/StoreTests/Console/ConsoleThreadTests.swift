import Domain
import Testing

@testable import Store

@Suite struct ConsoleThreadTests {
    @Test(arguments: TestDatabase.available)
    func `a thread is read backwards, each page oldest first`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            for index in 1...5 {
                try await world.write("\(index)", wamid: "wamid.\(index)")
                if index.isMultiple(of: 2) { world.clock.advance(by: .seconds(1)) }
            }
            let conversation = try await world.onlyConversation().id

            let newest = try await world.store.thread(conversation, limit: 2, in: world.workspace)
            let middle = try await world.store.thread(conversation, before: newest.next, limit: 2, in: world.workspace)
            let oldest = try await world.store.thread(conversation, before: middle.next, limit: 2, in: world.workspace)

            #expect(
                [oldest, middle, newest].map { $0.items.map(\.wamid) } == [
                    ["wamid.1"], ["wamid.2", "wamid.3"], ["wamid.4", "wamid.5"],
                ])
            #expect(oldest.next == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message carries its quote, its reactions and its mark in the CRM`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.write("¿Cuánto cuesta?", wamid: "wamid.1")
            try await world.write(
                "Este", wamid: "wamid.2", context: ReceivedMessage.Context(messageID: "wamid.1"))
            try await world.write("¿Y este?", wamid: "wamid.3", context: ReceivedMessage.Context(messageID: "wamid.0"))
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "wamid.4", origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                        content: .reaction(ReactionContent(messageID: "wamid.2", emoji: "❤️"))))
            ])
            try await world.record(world.recorded)

            let conversation = try await world.onlyConversation().id
            let messages = try await world.store.thread(conversation, in: world.workspace).items

            #expect(messages.map(\.wamid) == ["wamid.1", "wamid.2", "wamid.3", "wamid.4"])
            #expect(messages[1].quoted?.id == messages[0].id)
            #expect(messages[1].quoted?.content == .text(TextContent(body: "¿Cuánto cuesta?")))
            #expect(messages[1].reactions == [MessageReaction(isInbound: true, emoji: "❤️", at: world.clock.now)])
            #expect(messages[2].quoted?.wamid == "wamid.0")
            #expect(messages[2].quoted?.id == nil)
            #expect(messages[0].records.map(\.name) == ["hubspot"])
            #expect(messages[0].records.first?.state == .recorded)
            #expect(messages[0].records.first?.remoteID == "remote-\(messages[0].id)")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a file shows where its bytes are`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "wamid.1", origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                        content: .media(MediaContent(kind: .image, mediaID: "998877", mimeType: "image/jpeg"))))
            ])
            let conversation = try await world.onlyConversation().id

            let message = try #require(await world.store.thread(conversation, in: world.workspace).items.first)

            let file = try #require(message.media)
            #expect(file.state == .fetching)
            #expect(file.mimeType == "image/jpeg")
            #expect(try await world.store.mediaFile(file.id, in: world.workspace)?.message == message.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a send that failed for good is a dead letter of its message, and trying again takes it up`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation().id
            let sent = try await world.answer("Buenas", in: conversation, by: ana)
            try await world.send(world.failed(.permanent, .discarded))

            let failed = try #require(await world.store.message(sent.message, in: world.workspace))
            #expect(failed.status == .failed)
            #expect(failed.failure?.code == "131026")
            #expect(failed.failure?.advice == LocalizedText(en: "Do something.", es: "Haga algo."))
            #expect(failed.deadLetter != nil)
            #expect(try await world.onlyConversation().hasDeadLetter)

            let again = try await world.store.tryAgain(
                sent.message, in: world.workspace, by: .staff(ana, name: "ana"))
            try await world.send(world.accepted("wamid.2"))

            let accepted = try #require(await world.store.message(sent.message, in: world.workspace))
            #expect(again.message == sent.message)
            #expect(again.lanes == [.number(world.number)])
            #expect(accepted.status == .accepted)
            #expect(accepted.deadLetter == nil)
            #expect(try await !world.onlyConversation().hasDeadLetter)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message that failed at Meta is repeated by a new one, once`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation().id
            let sent = try await world.answer("Buenas", in: conversation, by: ana)
            let notYet = await #expect(throws: PuenteError.self) {
                try await world.store.tryAgain(sent.message, in: world.workspace, by: .staff(ana, name: "ana"))
            }
            try await world.send(world.accepted("wamid.2"))
            try await world.status(
                "failed", of: "wamid.2", failures: [GraphFailure(code: 131049, title: "Not delivered", details: "why")])

            let again = try await world.store.tryAgain(
                sent.message, in: world.workspace, by: .staff(ana, name: "ana"))
            let twice = await #expect(throws: PuenteError.self) {
                try await world.store.tryAgain(sent.message, in: world.workspace, by: .staff(ana, name: "ana"))
            }

            let messages = try await world.store.thread(conversation, in: world.workspace).items
            #expect(messages.map(\.id).suffix(2) == [sent.message, again.message])
            #expect(messages[1].failure?.code == "131049")
            #expect(messages[1].failure?.advice == nil)
            #expect(messages[1].failure?.vendorText == "Not delivered: why")
            #expect(messages[1].retriedBy == again.message)
            #expect(messages[2].retryOf == sent.message)
            #expect(notYet?.detail == "not_failed")
            #expect(twice?.detail == "not_failed")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the trail tells a message's life in the order of time`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation().id
            let sent = try await world.answer("Buenas", in: conversation, by: ana)
            world.clock.advance(by: .seconds(1))
            try await world.send(world.failed(.permanent, .discarded))
            let letter = try #require(await world.store.message(sent.message, in: world.workspace)?.deadLetter)
            world.clock.advance(by: .seconds(1))
            _ = try await world.store.retryDeadLetters([letter], in: world.workspace, by: "ana")
            world.clock.advance(by: .seconds(1))
            try await world.send(world.accepted("wamid.2"))
            world.clock.advance(by: .seconds(1))
            try await world.status("delivered", of: "wamid.2")
            world.clock.advance(by: .seconds(1))
            // One round for each: a contact's activities go one after the other.
            for _ in 0..<3 { try await world.record(world.recorded) }

            let trail = try #require(await world.store.trail(of: sent.message, in: world.workspace))

            #expect(trail.map(\.at) == trail.map(\.at).sorted())
            #expect(
                trail.map(\.event.word) == [
                    "received", "stored", "action retried", "job whatsapp.send completed", "status delivered",
                    "recorded hubspot", "job crm.activity completed",
                ] + trail.map(\.event.word).dropFirst(7))
            #expect(trail.first?.actor == "Ana")
            #expect(try await world.store.trail(of: MessageID(rawValue: 1), in: world.workspace) == nil)
        }
    }

    @Test(arguments: TestDatabase.available, SendReceipt.Hold.allCases)
    func `a template that Meta keeps back says so until it moves, and its trail for good`(
        on database: TestDatabase, hold: SendReceipt.Hold
    ) async throws {
        try await database.withWorld { world in
            let facts = TemplateFacts(
                status: "APPROVED", category: "UTILITY", header: nil, bodyVariables: [], isNamed: false,
                buttonSlots: [], bodyText: "Hola", footerText: "Ejemplo S.A.")
            let template = try StoredTemplate(
                metaID: "1", name: "hello", language: "es", reason: nil, facts: facts, components: "[]")
            try await world.store.replaceTemplates([template], waba: ConsoleWorld.wabaID, in: world.workspace)
            let sent = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .address(.phone("5215512345678"), from: nil),
                    content: .template(TemplateContent(name: "hello", language: "es")), author: .api(key: "k")))
            let message = { try await world.store.message(sent.message, in: world.workspace) }

            try await world.send(world.accepted("wamid.out", hold: hold))
            #expect(try await message()?.status == .accepted)
            #expect(try await message()?.hold == hold)

            try await world.status("sent", of: "wamid.out")
            #expect(try await message()?.hold == nil)
            let trail = try #require(await world.store.trail(of: sent.message, in: world.workspace))
            #expect(trail.map(\.event.word).contains("status \(hold.rawValue)"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `content of a newer release does not take its page with it`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.write("Hola otra vez", wamid: "wamid.2")
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    UPDATE message SET content = '{"type":"hologram"}', kind = 'hologram', context = '[]', failure = 'x'
                    WHERE workspace_id = :workspace_id AND wamid = 'wamid.1'
                    """, ["workspace_id": world.workspace])
            }
            let conversation = try await world.onlyConversation().id

            let messages = try await world.store.thread(conversation, in: world.workspace).items

            #expect(
                messages.map(\.content) == [
                    .unsupported(UnsupportedContent(kind: "hologram")), .text(TextContent(body: "Hola otra vez")),
                ])
        }
    }
}

extension TrailEntry.Event {
    fileprivate var word: String {
        switch self {
        case .received: "received"
        case .stored: "stored"
        case .status(let name, _, _): "status \(name)"
        case .edited: "edited"
        case .revoked: "revoked"
        case .job(let job): "job \(job.kind) \(job.state.rawValue)"
        case .recorded(let connection, _, _): "recorded \(connection)"
        case .action(let name, _): "action \(name)"
        }
    }
}
