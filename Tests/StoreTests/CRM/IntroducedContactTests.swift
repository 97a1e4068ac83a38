import Domain
import Testing

@testable import Store

/// Contacts that a company's own system tells of: it cannot be read from.
@Suite struct IntroducedContactTests {
    private func identity(
        _ remoteID: String = "4711", phones: [String] = ["34600000001"], email: String? = nil, name: String = "Eva"
    ) -> RemoteIdentity {
        RemoteIdentity(remoteID: remoteID, contact: nil, phones: phones, userID: nil, email: email, name: name)
    }

    private func introduce(_ identity: RemoteIdentity, _ world: ConsoleWorld) async throws {
        try await world.store.introduce(identity, connection: world.crm, in: world.workspace, by: "shop")
    }

    private func count(_ table: String, _ world: ConsoleWorld) async throws -> Int {
        try await world.store.look("SELECT COUNT(*) AS n FROM \(table)", as: Int.self) ?? 0
    }

    @Test(arguments: TestDatabase.available)
    func `whoever is not here is made once, known by their record, and agrees to nothing by it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await introduce(identity(email: "eva@ejemplo.mx"), world)
            try await introduce(identity(email: "eva@ejemplo.mx"), world)

            #expect(try await count("contact WHERE name = 'Eva'", world) == 1)
            #expect(try await count("contact", world) == 1)
            #expect(try await count("handle WHERE evidence = 'crm'", world) == 2)
            #expect(try await count("consent_entry", world) == 0)
            #expect(
                try await world.store.contact(remoteID: "4711", connection: world.crm, in: world.workspace) != nil)
            #expect(try await count("change WHERE kind = 'edit' AND state = 'done' AND actor = 'shop'", world) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever has the number is linked, and nobody is made`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await world.add(PersonSample(name: "Luis", phones: ["34600000001"]))

            try await introduce(identity(name: ""), world)

            #expect(try await count("contact", world) == 1)
            #expect(
                try await world.store.contact(remoteID: "4711", connection: world.crm, in: world.workspace) == contact)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever was erased stays away, and without an address nobody is made`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await world.add(PersonSample(name: "Eva", phones: ["34600000001"]))
            try await world.erase(contact, isTold: false)

            await #expect(throws: PuenteError.addressErased) { try await introduce(identity(), world) }
            await #expect(throws: PuenteError.introducedWithoutAddress) {
                try await introduce(identity("4712", phones: []), world)
            }

            #expect(try await count("contact", world) == 0)
            #expect(try await count("remote_ref", world) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what made somebody is undone with their link`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await introduce(identity(), world)
            let change = try await world.store.look("SELECT id FROM change", as: ChangeID.self)

            _ = try await world.store.undo(try #require(change), in: world.workspace, by: "Ana")

            #expect(try await count("contact", world) == 0)
            #expect(try await count("remote_ref", world) == 0)
        }
    }
}
