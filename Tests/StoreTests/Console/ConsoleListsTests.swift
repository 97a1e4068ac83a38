import Domain
import Testing

@testable import Store

@Suite struct ConsoleListsTests {
    @Test(
        "a position is read as it was written, and nothing else is",
        arguments: [
            ("0.0", true), ("-5.7", true), ("9223372036854775807.1", true), ("9223372036854775808.1", false),
            ("", false),
            ("1", false), ("1.2.3", false), ("01.2", false), ("+1.2", false), ("1. 2", false), ("a.b", false),
        ])
    func position(text: String, isValid: Bool) {
        #expect(ListPosition(text)?.description == (isValid ? text : nil))
    }

    @Test(arguments: TestDatabase.available)
    func `contacts are found, told with all their handles and their records elsewhere`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.write("Hola", wamid: "wamid.2", from: ConsoleWorld.carlos)
            let found = try await world.store.contacts(search: "fernández", in: world.workspace).items
            let id = try #require(found.first?.person.id)
            try await world.store.link(
                [(contact: id, remoteID: "51")], grip: world.grip(.connection(world.crm)))

            let contact = try #require(await world.store.contact(id, in: world.workspace))

            #expect(found.count == 1)
            #expect(contact.handles.map(\.kind) == ["phone"])
            #expect(contact.remoteRefs.map(\.name) == ["hubspot"])
            #expect(contact.remoteRefs.map(\.remoteID) == ["51"])
            #expect(try await world.store.contacts(in: world.workspace).items.count == 2)
            #expect(try await world.store.contacts(limit: 1, in: world.workspace).next != nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a record is linked where the CRM said where its pages are, and not to a former account's`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            let id = try await world.onlyConversation().person.id
            func page() async throws -> String? {
                try await world.store.contact(id, in: world.workspace)?.remoteRefs.first?.pageURL
            }
            let grip = try world.grip(.connection(world.crm))
            try await world.store.link([(contact: id, remoteID: "51")], grip: grip)
            #expect(try await page() == nil)

            try await world.store.setPages(
                account: "https://crm.example.com/7", contact: "https://crm.example.com/7/people/", of: world.crm,
                in: world.workspace)
            #expect(try await page() == "https://crm.example.com/7/people/51")
            #expect(
                try await world.store.connections(in: world.workspace).map(\.accountPage)
                    == ["https://crm.example.com/7"])

            var other = ConsoleWorld.provision
            other.connections["hubspot"] = .init(
                kind: "hubspot", baseURL: "https://api.hubapi.com", settings: "{}", secrets: #"{"token":"another"}"#)
            _ = try await world.store.provision(other)
            #expect(try await page() == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `messages are listed by contact, direction and conversation, newest first`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            let ana = try await world.hire("ana")
            try await world.write("Hola", wamid: "wamid.1")
            let conversation = try await world.onlyConversation()
            _ = try await world.answer("Ejemplo S.A., buenas", in: conversation.id, by: ana)
            try await world.write("Otro", wamid: "wamid.2", from: ConsoleWorld.carlos)

            func texts(_ query: MessageQuery) async throws -> [String] {
                try await world.store.messages(query, in: world.workspace).items.map(\.content.preview)
            }
            #expect(try await texts(MessageQuery()) == ["Otro", "Ejemplo S.A., buenas", "Hola"])
            #expect(try await texts(MessageQuery(contact: conversation.person.id)) == ["Ejemplo S.A., buenas", "Hola"])
            #expect(try await texts(MessageQuery(isInbound: true)) == ["Otro", "Hola"])
            #expect(try await texts(MessageQuery(conversation: conversation.id)) == ["Ejemplo S.A., buenas", "Hola"])
            let page = try await world.store.messages(MessageQuery(limit: 2), in: world.workspace)
            #expect(try await texts(MessageQuery(before: page.next)) == ["Hola"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `connections show their numbers, their lanes' backlog and what is wrong`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            try await world.write("Hola", wamid: "wamid.1")
            try await world.store.pause(
                .number, key: "\(world.number)", in: world.workspace,
                failure: ConsoleWorld.failure(.accountWide, code: "131031"), until: nil)

            let overview = try await world.store.connectionsOverview(in: world.workspace)

            #expect(overview.numbers.map(\.name) == ["main"])
            #expect(overview.numbers.first?.hasToken == true)
            #expect(overview.connections.map(\.kind) == ["hubspot"])
            let lane = try #require(overview.lanes.first { $0.lane == .connection(world.crm) })
            #expect(lane.waiting.value == 1)
            #expect(lane.oldestDue == world.clock.now)
            #expect(lane.node == world.lease.number)
            #expect(overview.pauses.map(\.code) == ["131031"])
            #expect(overview.alarms.map(\.kind) == ["paused"])
            #expect(overview.held == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the composer lists the templates of the number's account, those that may be sent first`(
        on database: TestDatabase
    ) async throws {
        try await database.withWorld { world in
            func template(_ name: String, _ status: String) throws -> StoredTemplate {
                try StoredTemplate(
                    metaID: name, name: name, language: "es_MX", reason: nil,
                    facts: TemplateFacts(
                        status: status, category: "UTILITY", header: nil, bodyVariables: ["1"], isNamed: false,
                        buttonSlots: [], bodyText: "Hola {{1}}", footerText: nil), components: "[]")
            }
            try await world.store.replaceTemplates(
                [template("b", "APPROVED"), template("a", "APPROVED"), template("c", "PAUSED")],
                waba: ConsoleWorld.wabaID, in: world.workspace)

            let listed = try await world.store.composerTemplates(for: world.number, in: world.workspace)

            #expect(listed.map(\.name) == ["a", "b", "c"])
            #expect(listed.map(\.status) == ["APPROVED", "APPROVED", "PAUSED"])
            #expect(listed.first?.facts?.bodyVariables == ["1"])
            #expect(try await world.store.templates(in: world.workspace).items.count == 3)
        }
    }
}
