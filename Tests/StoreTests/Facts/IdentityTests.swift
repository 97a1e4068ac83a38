import Domain
import Testing

@testable import Store

@Suite struct IdentityTests {
    private static let phone = Participant(waID: "5215512345678", profileName: "Lucía")
    private static let user = Participant(userID: "MX.13491208655302741918")
    private static let both = Participant(waID: "5215512345678", userID: "MX.13491208655302741918")

    private func contacts(_ world: ConsoleWorld) async throws -> Int? {
        try await world.store.look("SELECT COUNT(*) AS n FROM contact")
    }

    private func valid(_ world: ConsoleWorld) async throws -> [String] {
        try await world.store.database.read { connection in
            try connection.rows("SELECT address FROM handle WHERE valid_to IS NULL ORDER BY address", [:])
                .map { try $0.get("address") }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `both handles in one webhook are one person from then on`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("uno", wamid: "1", from: Self.phone)])
            try await world.receive([world.text("dos", wamid: "2", from: Self.both)])
            try await world.receive([world.text("tres", wamid: "3", from: Self.user)])
            #expect(try await contacts(world) == 1)
            #expect(try await world.conversations().count == 1)
            #expect(try await world.onlyConversation().unread == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a change of number moves the handle, once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("uno", wamid: "1", from: Self.both)])
            let change = Update.Fact.identityChange(
                IdentityChange(
                    kind: .number, messageID: "wamid.change", at: world.clock.now, previous: Self.phone,
                    current: Participant(waID: "5213398765432"), text: "Lucía changed from … to …"))
            try await world.receive([change])
            let moved = try await valid(world)
            #expect(moved == ["5213398765432", "MX.13491208655302741918"])
            let before = try await TableCounts.of(world.store)

            try await world.receive([change])
            try await world.receive([change])

            #expect(try await TableCounts.of(world.store) == before)
            #expect(try await valid(world) == moved)
            try await world.receive([world.text("dos", wamid: "2", from: Participant(waID: "5213398765432"))])
            #expect(try await contacts(world) == 1)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an old message that comes again after a change of number makes nobody new`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let first = world.text("uno", wamid: "1", from: Self.phone)
            try await world.receive([first])
            try await world.receive([
                .identityChange(
                    IdentityChange(
                        kind: .number, messageID: "wamid.change", at: world.clock.now, previous: Self.phone,
                        current: Participant(waID: "5213398765432"), text: ""))
            ])
            try await world.receive([first])
            #expect(try await contacts(world) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the ended handle stays in the history and may belong to somebody else later`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("uno", wamid: "1", from: Self.phone)])
            try await world.receive([
                .identityChange(
                    IdentityChange(
                        kind: .number, messageID: "wamid.change", at: world.clock.now, previous: Self.phone,
                        current: Participant(waID: "5213398765432"), text: ""))
            ])
            try await world.receive([world.text("soy otra", wamid: "2", from: Self.phone)])
            #expect(try await contacts(world) == 2)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM handle") == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a contact is searched by the names and addresses that it has, however often they changed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            func found(_ text: String) async throws -> Int {
                try await world.conversations(ConversationQuery(search: text)).count
            }
            func length() async throws -> Int? {
                try await world.store.look("SELECT LENGTH(search_text) AS n FROM contact")
            }
            try await world.receive([world.text("uno", wamid: "1", from: Self.phone)])
            let before = try await length()
            for round in 0..<20 {
                let name = round.isMultiple(of: 2) ? "Lupe" : "Luisa"
                try await world.receive([
                    world.text("Hola", wamid: "n\(round)", from: Participant(waID: Self.phone.waID, profileName: name))
                ])
            }
            #expect(try await length() == before)
            #expect(try await found("luisa") == 1)
            #expect(try await found("lupe") == 0)

            // An address that comes later is found, too.
            try await world.receive([world.text("dos", wamid: "2", from: Self.both)])
            #expect(try await found("13491208655302741918") == 1)
        }
    }

    private func card(_ origin: String?, wamid: String) -> Update.Fact {
        let phone = ContactCard.Phone(phone: "+52 155 1234 5678", waID: "5215512345678")
        return .message(
            ReceivedMessage(
                id: wamid, origin: .customer, participant: Self.user, at: ConsoleWorld.start,
                content: .contacts(
                    ContactsContent(cards: [ContactCard(formattedName: "Lucía", phones: [phone], origin: origin)]))))
    }

    @Test(arguments: TestDatabase.available)
    func `a number that was asked for becomes its sender's, and the CRM is told`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("uno", wamid: "1", from: Self.user)])
            try await world.receive([card("contact_request", wamid: "2")])
            try await world.receive([card("contact_request", wamid: "2")])

            #expect(try await valid(world) == ["5215512345678", "MX.13491208655302741918"])
            let evidence: String? = try await world.store.look("SELECT evidence FROM handle WHERE kind = 'phone'")
            #expect(evidence == "contact_request")
            let updates = "SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact' AND state = 'available'"
            #expect(try await world.store.look(updates) == 1)
            #expect(try await world.conversations(ConversationQuery(search: "5215512345678")).count == 1)
            try await world.receive([world.text("dos", wamid: "3", from: Self.phone)])
            #expect(try await contacts(world) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever was kept under a number that was asked for is the same person`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("uno", wamid: "1", from: Self.phone)])
            try await world.receive([
                world.text("dos", wamid: "2", from: Self.user), card("contact_request", wamid: "3"),
                world.text("tres", wamid: "4", from: Self.phone),
            ])

            let owners = try await world.store.look(
                "SELECT COUNT(DISTINCT contact_id) AS n FROM handle WHERE valid_to IS NULL", as: Int.self)
            #expect(owners == 1)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM handle") == 3)
            let living = "SELECT COUNT(*) AS n FROM contact WHERE merged_into IS NULL"
            #expect(try await world.store.look(living) == 1)
            #expect(try await world.conversations().map(\.unread).filter { $0 > 0 } == [4])
        }
    }

    @Test(arguments: TestDatabase.available, [nil, "other"])
    func `a card that was shared by hand says nothing of its sender`(engine: TestDatabase, origin: String?) async throws
    {
        try await engine.withWorld { world in
            try await world.receive([world.text("uno", wamid: "1", from: Self.user)])
            try await world.receive([card(origin, wamid: "2")])
            #expect(try await valid(world) == ["MX.13491208655302741918"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message without any handle is kept as unrouted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("¿quién?", wamid: "1", from: Participant(profileName: "X"))])
            #expect(try await contacts(world) == 0)
            #expect(try await world.store.look("SELECT reason FROM unrouted") == "malformed")
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }
}
