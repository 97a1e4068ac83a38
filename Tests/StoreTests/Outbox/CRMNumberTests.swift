import Domain
import Testing

@testable import Store

/// From which of several numbers a message leaves that somebody in a CRM wrote.
@Suite struct CRMNumberTests {
    private static let north = "206540352242922"

    /// A company with a second number, on which Lucía wrote last.
    private func withTwoNumbers(
        _ engine: TestDatabase, _ body: (ConsoleWorld, _ main: NumberID, _ north: NumberID) async throws -> Void
    ) async throws {
        try await engine.withWorld { world in
            var provision = ConsoleWorld.provision
            provision.numbers["north"] = .init(
                app: "main", phoneNumberID: Self.north, wabaID: ConsoleWorld.wabaID, portfolioID: "7",
                displayNumber: "+1 555 078 3882", accessToken: "t")
            _ = try await world.store.provision(provision)
            try await world.write("Hola", wamid: "1")
            world.clock.advance(by: .minutes(1))
            try await world.receive([world.text("¿Hola?", wamid: "2")], phoneNumberID: Self.north)
            let north = try required(await world.store.numberID(named: "north", in: world.workspace))
            try await body(world, world.number, north)
        }
    }

    private func accept(
        _ target: MessageCommand.Target, by author: MessageCommand.Author = .crm(connection: "hubspot"),
        _ world: ConsoleWorld
    ) async throws -> NumberID? {
        let accepted = try await world.store.accept(
            MessageCommand(
                workspace: world.workspace, target: target, content: .text(TextContent(body: "Buenas")),
                author: author))
        return try await world.store.look(
            "SELECT number_id FROM message WHERE id = :id", ["id": accepted.message], as: NumberID.self)
    }

    private func number(_ name: String?, _ world: ConsoleWorld) async throws -> NumberID? {
        try await world.store.numberID(named: name, in: world.workspace)
    }

    private func close(on number: NumberID, _ world: ConsoleWorld) async throws {
        try await world.store.database.write { connection in
            try connection.execute(
                "UPDATE conversation SET state = 'closed' WHERE number_id = :number_id", ["number_id": number])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `it is that of the contact's newest open conversation, else of the newest`(
        engine: TestDatabase
    ) async throws {
        try await withTwoNumbers(engine) { world, main, north in
            let lucia = try required(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            let phone = Recipient.phone("5215512345678")
            #expect(try await accept(.contact(lucia, from: nil), world) == north)
            #expect(try await accept(.address(phone, from: nil), world) == north)
            #expect(try await accept(.contact(lucia, from: main), world) == main)

            try await close(on: north, world)
            #expect(try await accept(.contact(lucia, from: nil), world) == main)

            // The number is found; what it opens is a conversation in which the customer has not written.
            try await close(on: main, world)
            let refusal = await #expect(throws: PuenteError.self) {
                try await accept(.contact(lucia, from: nil), world)
            }
            #expect(refusal?.detail == "outside_service_window")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever has no conversation needs a named one, and programs always do`(engine: TestDatabase) async throws {
        try await withTwoNumbers(engine) { world, _, _ in
            let lucia = try required(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            let stranger = MessageCommand.Target.address(.phone("5213398765432"), from: nil)
            await #expect(throws: PuenteError.nameNumber) { try await accept(stranger, world) }
            let unknown = MessageCommand.Target.address(.userID("MX.9"), from: nil)
            await #expect(throws: PuenteError.nameNumber) { try await accept(unknown, world) }
            await #expect(throws: PuenteError.chooseNumber) {
                try await accept(.contact(lucia, from: nil), by: .api(key: "ops"), world)
            }
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a number is named as the configuration does, or by Meta's id`(engine: TestDatabase) async throws {
        try await withTwoNumbers(engine) { world, main, north in
            let byName = try await number("main", world)
            let byID = try await number(Self.north, world)
            let unnamed = try await number(nil, world)
            #expect(byName == main)
            #expect(byID == north)
            #expect(unnamed == nil)
            await #expect(throws: PuenteError.noNumber) { try await number("south", world) }
        }
    }
}
