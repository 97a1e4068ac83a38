import Domain
import Testing

@testable import Store

/// What a CRM says of a contact, read back.
@Suite struct ContactAdoptionTests {
    private func identity(
        _ remoteID: String = "r1", contact: ContactID? = nil, phones: [String] = ["5215512345678"],
        userID: String? = nil, email: String? = nil, name: String = "", former: [String] = [],
        isDeleted: Bool = false, at: Timestamp? = nil
    ) -> RemoteIdentity {
        RemoteIdentity(
            remoteID: remoteID, contact: contact, phones: phones, userID: userID, email: email, name: name,
            formerIDs: former, isDeleted: isDeleted, changedAt: at)
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

    /// A duplicate, a spouse, a switchboard.
    @Test(arguments: TestDatabase.available)
    func `another record with the same phone takes over neither the link nor the name`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await adopt(identity("r1", name: "Lucía F."), world)

            let other = identity("r2", email: "pedro@ejemplo.mx", name: "Pedro P.")
            #expect(try await adopt(other, world) == RecordReport())
            #expect(try await adopt(other, world) == RecordReport())

            #expect(try await link(world) == "r1")
            #expect(try await name(world) == "Lucía F.")
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM handle WHERE kind = 'email'") == 0)

            _ = try await adopt(identity("r1", isDeleted: true), world)
            _ = try await adopt(other, world)
            #expect(try await link(world) == "r2")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a switchboard's number that was told of somebody finds and renames nobody`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34688000001", "34916660000", name: "Zoe")])

            _ = try await adopt(identity("r2", phones: ["34688000002", "34916660000"], name: "Yan"), world)
            #expect(try await link(world) == nil)
            #expect(try await name(world) == "Zoe")

            // Her own number does, wherever it stands.
            _ = try await adopt(identity("r1", phones: ["34916660000", "34688000001"], name: "Zoe B."), world)
            #expect(try await link(world) == "r1")
            #expect(try await name(world) == "Zoe B.")
        }
    }

    /// A system of one's own may answer "ok" and name its id later.
    @Test(arguments: TestDatabase.available)
    func `a contact known to the CRM by our own id gets the CRM's when it is told`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            try await world.store.link([(contact, "\(contact)")], grip: world.grip(.connection(world.crm)))

            _ = try await adopt(identity("4711", name: "Lucía F."), world)

            #expect(try await link(world) == "4711")
            #expect(try await name(world) == "Lucía F.")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a contact that got its record meanwhile keeps it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
            _ = try await adopt(identity("r1"), world)

            try await world.store.link([(contact, "r2")], grip: world.grip(.connection(world.crm)))

            #expect(try await link(world) == "r1")
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
    func `a user id finds whom WhatsApp knows by it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1", from: Self.user)
            try await world.write("Buenas", wamid: "2", from: ConsoleWorld.carlos)

            _ = try await adopt(identity(phones: [], userID: Self.user.userID, name: "Lucía F."), world)
            _ = try await adopt(identity("r2", phones: [], userID: "MX.2", name: "Nadie"), world)

            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM remote_ref") == 1)
            #expect(try await name(world) == "Lucía F.")
        }
    }

    // MARK: What comes late

    @Test(arguments: TestDatabase.available)
    func `what is older than the last change taken over changes nothing`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let noon = world.clock.now

            _ = try await adopt(identity(name: "Lucía F.", at: noon), world)
            #expect(try await adopt(identity(name: "Lucia", at: noon - .seconds(2)), world) == RecordReport())
            #expect(try await name(world) == "Lucía F.")

            // The same again, later: what came in between is not taken over either.
            _ = try await adopt(identity(name: "Lucía F.", at: noon + .seconds(9)), world)
            _ = try await adopt(identity(name: "Lucia", at: noon + .seconds(5)), world)
            #expect(try await name(world) == "Lucía F.")

            _ = try await adopt(identity(name: "Lucía Fernández R.", at: noon + .seconds(9)), world)
            #expect(try await name(world) == "Lucía Fernández R.")
            _ = try await adopt(identity(name: "Lucía sin hora"), world)
            #expect(try await name(world) == "Lucía sin hora")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a clock that is a year ahead shuts nothing out for long, and a merge begins anew`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            _ = try await adopt(identity(name: "Lucía F.", at: world.clock.now + .days(365)), world)
            world.clock.advance(by: .minutes(6))

            _ = try await adopt(identity(name: "Lucía G.", at: world.clock.now), world)
            #expect(try await name(world) == "Lucía G.")

            let earlier = world.clock.now - .days(1)
            _ = try await adopt(identity("r9", name: "Lucía H.", former: ["r1"], at: earlier), world)
            #expect(try await name(world) == "Lucía H.")
        }
    }

    // MARK: A phone that only the CRM knows

    private static let user = Participant(userID: "MX.13491208655302741918")
    private static let typed = "5213398765432"

    /// Somebody whom WhatsApp knows by a user id alone, and the CRM by a phone that somebody typed.
    private func typedPhone(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.write("Hola", wamid: "1", from: Self.user)
        let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
        _ = try await adopt(identity(contact: contact, phones: [Self.typed]), world)
        return contact
    }

    private func recipient(_ contact: ContactID, _ world: ConsoleWorld) async throws -> Recipient? {
        try await world.store.database.read {
            try $0.recipient(contact: contact, portfolio: "7", in: world.workspace)
        }
    }

    private func author(of wamid: String, _ world: ConsoleWorld) async throws -> ContactID? {
        try await world.store.look("SELECT contact_id FROM message WHERE wamid = :wamid", ["wamid": wamid])
    }

    @Test(arguments: TestDatabase.available)
    func `a phone that only the CRM knows is written to when there is no id of Meta's, and not before`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await typedPhone(world)
            #expect(try await recipient(contact, world) == .userID("MX.13491208655302741918"))

            try await world.store.database.write { connection in
                try connection.execute("DELETE FROM handle WHERE kind = 'bsuid'")
            }
            #expect(try await recipient(contact, world) == .phone(Self.typed))
            // Nothing else is known of the contact: this is how it is found.
            try await world.write("Buenas", wamid: "2", from: Participant(waID: Self.typed))
            #expect(try await author(of: "2", world) == contact)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever writes from a mistyped phone is somebody else`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await typedPhone(world)

            try await world.write("Soy otra", wamid: "2", from: Participant(waID: Self.typed, userID: "MX.2"))

            let other = try #require(await author(of: "2", world))
            #expect(other != contact)
            #expect(try await recipient(contact, world) == .userID("MX.13491208655302741918"))
            #expect(try await recipient(other, world) == .phone(Self.typed))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `Meta's word makes the CRM's phone the person's own`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await typedPhone(world)

            let both = Participant(waID: Self.typed, userID: Self.user.userID)
            try await world.write("Soy yo", wamid: "2", from: both)

            #expect(try await author(of: "2", world) == contact)
            #expect(try await recipient(contact, world) == .phone(Self.typed))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message to a mistyped phone goes to that phone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await typedPhone(world)

            let place = try await world.store.database.write { connection in
                let claim = HandleClaim(kind: "phone", scope: "", value: Self.typed, address: Self.typed)
                return try connection.contact(addressedBy: claim, in: world.workspace)
                    ?? connection.makeContact(
                        claim, in: world.workspace, store: world.store, evidence: "api", at: world.clock.now)
            }

            #expect(place != contact)
            #expect(try await recipient(place, world) == .phone(Self.typed))
            #expect(try await recipient(contact, world) == .userID("MX.13491208655302741918"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM that writes to the phone of its record means that person`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await typedPhone(world)

            let accepted = try await world.store.accept(
                MessageCommand(
                    workspace: world.workspace, target: .address(.phone(Self.typed), from: world.number),
                    content: .text(TextContent(body: "Buenas")), author: .crm(connection: "hubspot")))

            let addressed: ContactID? = try await world.store.look(
                "SELECT contact_id FROM message WHERE id = :id", ["id": accepted.message])
            #expect(addressed == contact)
            #expect(try await recipient(contact, world) == .userID("MX.13491208655302741918"))
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
    func `where the first sweep begins is said once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let grip = try world.grip(.connection(world.crm))

            #expect(try await world.store.beginSweeps(at: "c1", grip: grip) == "c1")
            #expect(try await world.store.beginSweeps(at: "c2", grip: grip) == "c1")

            #expect(try await world.store.sweepState(grip) == SweepState(cursor: "c1", lastSweepAt: nil))
            _ = try await world.takeOver(.connection(world.crm))
            await #expect(throws: LaneLost.self) { try await world.store.beginSweeps(at: "c3", grip: grip) }
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
