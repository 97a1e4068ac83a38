import Domain
import Testing

@testable import Store

@Suite struct ConversationFactTests {
    @Test(arguments: TestDatabase.available)
    func `a pair has one open conversation, also when two nodes hear of it at once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let routes = try await world.store.routingTable()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    let update = Update(
                        wabaID: ConsoleWorld.wabaID, phoneNumberID: ConsoleWorld.phoneNumberID, field: "messages",
                        fact: world.text("Hola \(number)", wamid: "wamid.\(number)"))
                    let body = InterpretedBody(
                        intake: world.store.ids.next(), receivedAt: world.clock.now, app: world.app, updates: [update])
                    group.addTask { _ = try await world.store.record([body], routes: routes, node: 1) }
                }
                try await group.waitForAll()
            }
            #expect(try await world.conversations().count == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
            #expect(try await world.onlyConversation().unread == 12)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `history and echoes open no window and count as nothing unread`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([
                world.text("antes", wamid: "1", origin: .history(isInbound: true, status: nil)),
                world.text("respuesta", wamid: "2", origin: .history(isInbound: false, status: "READ")),
                world.text("del teléfono", wamid: "3", origin: .echo),
            ])
            let conversation = try await world.onlyConversation()
            #expect(conversation.unread == 0)
            #expect(conversation.windowEnds == nil)
            #expect(conversation.waitingSince == nil)
            #expect(try await world.shownStatus(of: "2") == .read)
            #expect(try await world.shownStatus(of: "3") == .sent)
            let recorded: Int? = try await world.store.look(
                "SELECT COUNT(*) AS n FROM activity WHERE state = 'waiting'")
            #expect(recorded == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what a customer writes in a group opens no window for a private answer`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            func group(_ wamid: String) -> Update.Fact {
                .message(
                    ReceivedMessage(
                        id: wamid, origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                        content: .text(TextContent(body: "Hola a todos")), groupID: "G1"))
            }
            try await world.receive([group("1")])
            let conversation = try await world.onlyConversation()
            #expect(conversation.unread == 0)
            #expect(conversation.windowEnds == nil)
            #expect(conversation.waitingSince == nil)
            await #expect(throws: PuenteError.self) {
                try await world.answer("Buenas", in: conversation.id, by: world.hire("ana"))
            }

            world.clock.advance(by: .seconds(1))
            try await world.write("Y en privado", wamid: "2")
            try await world.receive([group("3")])
            try await world.write("¿Sí?", wamid: "4")
            let seen: MessageID? = try await world.store.look("SELECT id FROM message WHERE wamid = '2'")
            _ = try await world.store.markRead(conversation.id, upTo: seen, in: world.workspace)
            #expect(try await world.onlyConversation().unread == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an older message that comes later changes neither preview nor window`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let now = world.clock.now
            try await world.receive([world.text("nuevo", wamid: "2", at: now)])
            try await world.receive([world.text("viejo", wamid: "1", at: now - .hours(3))])
            let conversation = try await world.onlyConversation()
            #expect(conversation.preview == "nuevo")
            #expect(conversation.windowEnds == now + .hours(24))
            #expect(conversation.unread == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `edits and deletions hold whether they come before or after their message`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let now = world.clock.now
            for (number, order) in permutations([0, 1, 2, 3]).enumerated() {
                let wamid = "wamid.\(number)"
                let facts: [Update.Fact] = [
                    world.text("uno", wamid: wamid, at: now),
                    .edit(
                        MessageEdit(
                            id: "\(wamid).a", originalID: wamid, at: now + .seconds(1),
                            content: .text(TextContent(body: "dos")))),
                    .edit(
                        MessageEdit(
                            id: "\(wamid).b", originalID: wamid, at: now + .seconds(2),
                            content: .text(TextContent(body: "tres")))),
                    .revocation(MessageRevocation(id: "\(wamid).c", originalID: wamid, at: now + .seconds(3))),
                ]
                for index in order { try await world.receive([facts[index]]) }
                let id: MessageID? = try await world.store.look(
                    "SELECT id FROM message WHERE wamid = :wamid", ["wamid": wamid])
                let message = try required(await world.store.message(required(id), in: world.workspace))
                #expect(message.content == .text(TextContent(body: "tres")), "in the order \(order)")
                #expect(message.revokedAt == now + .seconds(3))
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the list shows an edited text, and nothing of a deleted one, whatever came first`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            func changes(_ wamid: String) -> [Update.Fact] {
                [
                    world.text("secreto", wamid: wamid),
                    .edit(
                        MessageEdit(
                            id: "\(wamid).e", originalID: wamid, at: world.clock.now + .seconds(1),
                            content: .text(TextContent(body: "corregido")))),
                    .revocation(
                        MessageRevocation(id: "\(wamid).r", originalID: wamid, at: world.clock.now + .seconds(2))),
                ]
            }
            try await world.receive(Array(changes("1").prefix(2)))
            #expect(try await world.onlyConversation().preview == "corregido")
            try await world.receive([changes("1")[2]])
            #expect(try await world.onlyConversation().preview == "")
            #expect(try await world.onlyConversation().last?.isRevoked == true)

            for (number, order) in permutations([0, 1, 2]).enumerated() {
                world.clock.advance(by: .minutes(1))
                let facts = changes("together.\(number)")
                try await world.receive(order.map { facts[$0] })
                #expect(try await world.onlyConversation().preview == "", "together, in the order \(order)")
                world.clock.advance(by: .minutes(1))
                for index in order { try await world.receive([changes("alone.\(number)")[index]]) }
                #expect(try await world.onlyConversation().preview == "", "one by one, in the order \(order)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a new caption keeps the picture`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let picture = MediaContent(kind: .image, mediaID: "99", mimeType: "image/jpeg", caption: "uno")
            try await world.receive([
                .message(
                    ReceivedMessage(
                        id: "wamid.1", origin: .customer, participant: ConsoleWorld.lucia, at: world.clock.now,
                        content: .media(picture)))
            ])
            try await world.receive([
                .edit(
                    MessageEdit(
                        id: "wamid.2", originalID: "wamid.1", at: world.clock.now,
                        content: .media(MediaContent(kind: .image, caption: "dos"))))
            ])
            let thread = try await world.store.thread(world.onlyConversation().id, in: world.workspace).items
            #expect(thread.first?.media != nil)
            guard case .media(let media)? = thread.first?.content else {
                Issue.record("no media")
                return
            }
            #expect(media.caption == "dos")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what belongs to nobody is kept and shown`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("Hola", wamid: "1")], phoneNumberID: "0")
            #expect(try await world.store.look("SELECT reason FROM unrouted") == "unknownNumber")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM message") == 0)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an app that is not bound to the number is not believed`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let update = Update(
                wabaID: ConsoleWorld.wabaID, phoneNumberID: ConsoleWorld.phoneNumberID, field: "messages",
                fact: world.text("Hola", wamid: "1"))
            let body = InterpretedBody(
                intake: world.store.ids.next(), receivedAt: world.clock.now, app: AppID(rawValue: 4_711),
                updates: [update])
            _ = try await world.store.record([body], routes: world.store.routingTable(), node: 1)
            #expect(try await world.store.look("SELECT reason FROM unrouted") == "signedByAnotherApp")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM message") == 0)
        }
    }
}
