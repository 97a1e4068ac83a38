import Domain
import Testing

@testable import Store

@Suite struct ConsoleInboxTests {
    @Test(arguments: TestDatabase.available)
    func `a conversation in the list shows its customer, its last message and what is unread`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            world.clock.advance(by: .minutes(1))
            try await world.write("¿Hay alguien?", wamid: "wamid.2")

            let row = try await world.onlyConversation()

            #expect(row.person.displayName == "Lucía Fernández")
            #expect(row.person.phone == "5215512345678")
            #expect(row.preview == "¿Hay alguien?")
            #expect(row.last?.content == .text(TextContent(body: "¿Hay alguien?")))
            #expect(row.unread == 2)
            #expect(row.owner == .queue)
            #expect(row.waitingSince == ConsoleWorld.start)
            #expect(row.windowEnds == ConsoleWorld.start + .minutes(1) + .hours(24))
            #expect(row.displayNumber == "+1 555 078 3881")
            #expect(!row.hasDeadLetter)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `each view holds its own conversations, and the tabs count them`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            let bruno = try await world.hire("bruno")
            try await world.write("Hola", wamid: "wamid.1")
            try await world.write("Buenas", wamid: "wamid.2", from: ConsoleWorld.carlos)
            try await world.write("Oi", wamid: "wamid.3", from: Participant(waID: "5511912345678"))
            let all = try await world.conversations()
            _ = try await world.store.setOwner(
                .person(ana), of: all[0].id, in: world.workspace, expecting: .owner(.queue), by: "ana")
            _ = try await world.store.close(all[1].id, in: world.workspace, expecting: .any, by: "ana")

            func ids(_ view: InboxView, _ staff: StaffID?) async throws -> [ConversationID] {
                try await world.conversations(ConversationQuery(view: view, staff: staff)).map(\.id)
            }
            #expect(try await ids(.all, nil) == [all[0].id, all[2].id])
            #expect(try await ids(.mine, ana) == [all[0].id])
            #expect(try await ids(.mine, bruno).isEmpty)
            #expect(try await ids(.mine, nil).isEmpty)
            #expect(try await ids(.unassigned, ana) == [all[2].id])
            #expect(try await ids(.closed, ana) == [all[1].id])
            let counts = try await world.store.conversationCounts(for: ana, in: world.workspace)
            #expect(counts.mapValues(\.value) == [.all: 2, .mine: 1, .unassigned: 1, .closed: 1])
        }
    }

    @Test(
        "search finds each word, whatever its case, and numbers however they are spaced",
        arguments: TestDatabase.available,
        [
            ("lucía", 1), ("LUCÍA fern", 1), ("lucía mendoza", 0), ("+52 (155) 1234-5678", 1), ("521", 2),
            ("50%", 0), ("_", 0), ("%", 0), ("\\", 0), ("", 2), ("   ", 2),
        ])
    func search(on database: TestDatabase, search: (text: String, count: Int)) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.write("Buenas", wamid: "wamid.2", from: ConsoleWorld.carlos)

            let found = try await world.conversations(ConversationQuery(search: search.text))

            #expect(found.count == search.count)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `pages follow each other without gaps, also where times are equal`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            for index in 0..<7 {
                if index == 4 { world.clock.advance(by: .seconds(1)) }
                try await world.write("Hola", wamid: "wamid.\(index)", from: Participant(waID: "52155000000\(index)"))
            }
            let all = try await world.conversations().map(\.id)

            var paged: [ConversationID] = []
            var position: ListPosition?
            repeat {
                let page = try await world.store.conversations(
                    ConversationQuery(before: position, limit: 3), in: world.workspace)
                #expect(page.items.count <= 3)
                paged += page.items.map(\.id)
                position = page.next
            } while position != nil

            #expect(all.count == 7)
            #expect(paged == all)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is read in the CRM is told to the customer up to the newest, and leaves unread what came after`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            for number in 1...3 {
                try await world.write("Hola \(number)", wamid: "wamid.\(number)")
                world.clock.advance(by: .seconds(1))
            }
            let messages = try await world.store.database.read { connection in
                try connection.rows("SELECT id FROM message ORDER BY meta_at", [:]).map {
                    try $0.get("id", as: MessageID.self)
                }
            }
            func read(_ index: Int) async throws {
                _ = try await world.store.markReadFromCRM(messages[index], in: world.workspace)
            }
            func marked() async throws -> MessageID? {
                try await world.store.look("SELECT subject_id FROM job WHERE kind = 'whatsapp.read'")
            }

            try await read(0)
            #expect(try await world.onlyConversation().unread == 2)
            #expect(try await marked() == messages[0])
            try await read(1)
            #expect(try await world.onlyConversation().unread == 1)
            #expect(try await marked() == messages[1])
            // Told late: what was read stays read.
            try await read(0)
            #expect(try await world.onlyConversation().unread == 1)
            #expect(try await marked() == messages[1])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two people who take a conversation over, the second learns who has it`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            let bruno = try await world.hire("bruno")
            try await world.write("Hola", wamid: "wamid.1")
            let shown = try await world.onlyConversation()

            let report = try await world.store.setOwner(
                .person(ana), of: shown.id, in: world.workspace, expecting: .version(shown.ownerVersion), by: "ana")
            let error = await #expect(throws: PuenteError.self) {
                try await world.store.setOwner(
                    .person(bruno), of: shown.id, in: world.workspace, expecting: .version(shown.ownerVersion),
                    by: "bruno")
            }

            #expect(report.conversations == [world.workspace: [shown.id]])
            #expect(error?.code == .conflict)
            #expect(error?.detail == "owner_changed")
            #expect(error?.message.en.contains("ana") == true)
            let now = try await world.onlyConversation()
            #expect(now.owner == .person(ana))
            #expect(now.ownerName == "ana")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `asking twice for the same owner is one change`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            let shown = try await world.onlyConversation()

            for _ in 1...2 {
                _ = try await world.store.setOwner(
                    .person(ana), of: shown.id, in: world.workspace, expecting: .any, by: "ana")
            }

            #expect(try await world.onlyConversation().ownerVersion == shown.ownerVersion + 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a conversation is not given to somebody who is gone, nor taken while it is closed`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            let bruno = try await world.hire("bruno")
            try await world.store.setDisabled(true, staff: bruno, in: world.workspace)
            try await world.write("Hola", wamid: "wamid.1")
            let id = try await world.onlyConversation().id

            let gone = await #expect(throws: PuenteError.self) {
                try await world.store.setOwner(.person(bruno), of: id, in: world.workspace, expecting: .any, by: "ana")
            }
            _ = try await world.store.close(id, in: world.workspace, expecting: .any, by: "ana")
            let closed = await #expect(throws: PuenteError.self) {
                try await world.store.setOwner(.person(ana), of: id, in: world.workspace, expecting: .any, by: "ana")
            }

            #expect(gone?.code == .notFound)
            #expect(closed?.detail == "conversation_closed")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a closed conversation is reopened only while the customer has no other`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            let first = try await world.onlyConversation()
            _ = try await world.store.close(first.id, in: world.workspace, expecting: .any, by: "ana")
            let closed = try #require(await world.store.conversation(first.id, in: world.workspace))
            _ = try await world.store.reopen(first.id, in: world.workspace, expecting: .any, by: "ana")
            _ = try await world.store.close(first.id, in: world.workspace, expecting: .any, by: "ana")
            try await world.write("Otra cosa", wamid: "wamid.2")

            let error = await #expect(throws: PuenteError.self) {
                try await world.store.reopen(first.id, in: world.workspace, expecting: .any, by: "ana")
            }

            #expect(closed.unread == 0)
            #expect(closed.waitingSince == nil)
            #expect(error?.detail == "conversation_open")
            #expect(try await world.onlyConversation().id != first.id)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `reading a thread tells the customer's phone once, and leaves what came after unread`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.write("Uno", wamid: "wamid.1")
            try await world.write("Dos", wamid: "wamid.2")
            let conversation = try await world.onlyConversation()
            let seen = try #require(conversation.last?.id)
            try await world.write("Tres", wamid: "wamid.3")

            let first = try await world.store.markRead(conversation.id, upTo: seen, in: world.workspace)
            #expect(try await world.onlyConversation().unread == 1)
            let second = try await world.store.markRead(conversation.id, upTo: nil, in: world.workspace)
            let third = try await world.store.markRead(conversation.id, upTo: nil, in: world.workspace)

            #expect(first.lanes == [.number(world.number)])
            #expect(second.lanes == [.number(world.number)])
            #expect(third == RecordReport())
            #expect(try await world.onlyConversation().unread == 0)
            let jobs = try await world.store.claim(world.grip(.number(world.number)), limit: 10)
            let newest = try #require(await world.onlyConversation().last?.id)
            #expect(jobs.map(\.kind) == [.markRead])
            #expect(jobs.first?.subject == newest.rawValue)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `another workspace sees and changes nothing of it`(on database: TestDatabase) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            let id = try await world.onlyConversation().id
            let other = WorkspaceID(rawValue: world.workspace.rawValue + 1)

            #expect(try await world.store.conversations(ConversationQuery(), in: other).items.isEmpty)
            #expect(try await world.store.conversation(id, in: other)?.id == nil)
            #expect(try await world.store.thread(id, in: other).items.isEmpty)
            #expect(try await world.store.markRead(id, upTo: nil, in: other) == RecordReport())
            let error = await #expect(throws: PuenteError.self) {
                try await world.store.close(id, in: other, expecting: .any, by: "eve")
            }
            #expect(error?.code == .notFound)
        }
    }
}
