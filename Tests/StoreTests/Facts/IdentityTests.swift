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
    func `a message without any handle is kept as unrouted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.receive([world.text("¿quién?", wamid: "1", from: Participant(profileName: "X"))])
            #expect(try await contacts(world) == 0)
            #expect(try await world.store.look("SELECT reason FROM unrouted") == "malformed")
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }
}
