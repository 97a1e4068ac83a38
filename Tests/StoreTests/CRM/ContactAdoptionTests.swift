import Domain
import Testing

@testable import Store

/// What a CRM says of a contact, read back.
@Suite struct ContactAdoptionTests {
    private func identity(
        _ remoteID: String = "r1", contact: ContactID? = nil, phones: [String] = ["5215512345678"],
        email: String? = nil, name: String = "", former: [String] = [], isDeleted: Bool = false
    ) -> RemoteIdentity {
        RemoteIdentity(
            remoteID: remoteID, contact: contact, phones: phones, userID: nil, email: email, name: name,
            formerIDs: former, isDeleted: isDeleted)
    }

    private func adopt(_ identity: RemoteIdentity, _ world: ConsoleWorld) async throws -> RecordReport {
        try await world.store.adopt(identity, connection: world.crm, in: world.workspace)
    }

    private func link(_ world: ConsoleWorld) async throws -> String? {
        try await world.store.look("SELECT remote_id FROM remote_ref")
    }

    private func name(_ world: ConsoleWorld) async throws -> String? {
        try await world.store.look("SELECT name FROM contact ORDER BY id")
    }

    @Test(arguments: TestDatabase.available)
    func `a record is found by our id, by its link, and by a handle; nobody is made`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            _ = try await adopt(identity(phones: ["34600000000"], name: "Nadie"), world)
            #expect(try await TableCounts.of(world.store)["contact"] == 0)

            try await world.write("Hola", wamid: "1")
            let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            _ = try await adopt(identity(), world)
            #expect(try await link(world) == "r1")

            _ = try await adopt(identity("r1", phones: [], name: "Lucía F."), world)
            #expect(try await name(world) == "Lucía F.")

            _ = try await adopt(identity("r2", contact: contact, phones: [], name: "Lucía G."), world)
            #expect(try await link(world) == "r2")
            #expect(try await name(world) == "Lucía G.")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what we wrote ourselves, and what was read before, is no change`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let written = identity(name: "Lucía Fernández")
            #expect(try await adopt(written, world) == RecordReport())
            #expect(try await name(world) == "")

            let changed = identity(name: "Lucía Fernández de Prado")
            #expect(try await adopt(changed, world).conversations[world.workspace]?.count == 1)
            world.clock.advance(by: .minutes(5))
            #expect(try await adopt(changed, world) == RecordReport())
            #expect(
                try await world.store.look("SELECT updated_at FROM contact") == world.clock.now - .minutes(5))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a handle that is lacking is taken over, one that another holds never`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)
            let carlos = try #require(ConsoleWorld.carlos.waID)

            _ = try await adopt(identity(phones: ["5215512345678", carlos], email: "Lucia@Ejemplo.mx"), world)
            _ = try await adopt(identity("r2", phones: [carlos], email: "lucia@ejemplo.mx"), world)

            let handles = try await world.store.database.read {
                try $0.rows("SELECT kind, value, evidence FROM handle WHERE valid_to IS NULL ORDER BY id", [:])
            }
            #expect(
                try handles.map { "\(try $0.get("kind", as: String.self)) \(try $0.get("value", as: String.self))" }
                    == ["phone 5215512345678", "phone \(carlos)", "email lucia@ejemplo.mx"])
            #expect(try handles.last?.get("evidence") == "crm")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `merged records live on in the survivor, deleted ones are forgotten`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await adopt(identity("r1"), world)

            _ = try await adopt(identity("r9", phones: [], former: ["r1", "r5"]), world)
            #expect(try await link(world) == "r9")

            _ = try await adopt(identity("r9", isDeleted: true), world)
            #expect(try await link(world) == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a page and how far it was are kept together, and only by who holds the lane`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let grip = try world.grip(.connection(world.crm))
            let store = world.store

            _ = try await store.adopt([identity(name: "Ana")], cursor: "c1", isLast: false, grip: grip)
            #expect(try await store.sweepState(grip) == SweepState(cursor: "c1", lastSweepAt: nil))
            _ = try await store.adopt([], cursor: "c2", isLast: true, grip: grip)
            #expect(try await store.sweepState(grip) == SweepState(cursor: "c2", lastSweepAt: world.clock.now))

            _ = try await world.takeOver(.connection(world.crm))
            await #expect(throws: LaneLost.self) {
                try await store.adopt([identity(name: "Eva")], cursor: "c3", isLast: true, grip: grip)
            }
            #expect(try await name(world) == "Ana")
            #expect(try await store.sweepState(grip).cursor == "c2")
        }
    }
}
