import Domain
import Testing

@testable import Store

/// What WhatsApp says anew of a contact reaches the CRMs that have a record of it.
@Suite struct ContactJobTests {
    private static let renamed = Participant(
        waID: "5215512345678", userID: "MX.13491208655302741918", profileName: "Lucía F.")

    /// A customer has written, and the CRM has her record.
    private func linked(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.write("Hola", wamid: "1")
        try await world.recordAll()
        let contact = try #require(await world.store.look("SELECT id FROM contact", as: ContactID.self))
        try await world.store.link([(contact, "r1")], grip: world.grip(.connection(world.crm)))
        return contact
    }

    private func turn(_ world: ConsoleWorld, settling contacts: [ContactOutcome] = []) async throws -> CRMTurn {
        try await world.store.takeTurn(
            settling: [], contacts: contacts, claiming: 10, marksSending: true,
            grip: world.grip(.connection(world.crm)), policy: RetryPolicy())
    }

    /// Records what comes before them.
    private func dueContacts(_ world: ConsoleWorld) async throws -> [ContactJob] {
        while true {
            let next = try await turn(world)
            let recorded = next.jobs.map(world.recorded)
            _ = try await world.store.record(
                recorded, grip: world.grip(.connection(world.crm)), policy: RetryPolicy())
            if !next.contacts.isEmpty || next.jobs.isEmpty { return next.contacts }
        }
    }

    private func jobs(_ state: JobState, _ world: ConsoleWorld) async throws -> Int? {
        try await world.store.look(
            "SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact' AND state = :state", ["state": state])
    }

    /// It may be mistyped, and the record may hold a better one.
    @Test(arguments: TestDatabase.available)
    func `a phone that only a CRM told of is not told back as WhatsApp's`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await linked(world)
            try await world.write("Yo", wamid: "1b", from: Self.renamed)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE handle SET evidence = 'crm' WHERE kind = 'phone'")
            }
            let hidden = Participant(userID: Self.renamed.userID, profileName: Self.renamed.profileName)
            try await world.write("Soy yo", wamid: "2", from: hidden)

            let activities = try await turn(world).jobs
            #expect(activities.map(\.contact.phone) == ["5215512345678"])
            #expect(activities.map(\.contact.provenPhone) == [nil])
            _ = try await world.store.record(
                activities.map(world.recorded), grip: world.grip(.connection(world.crm)), policy: RetryPolicy())
            let contacts = try await dueContacts(world)
            #expect(contacts.map(\.contact.phones) == [["5215512345678"]])
            #expect(contacts.map(\.contact.provenPhone) == [nil])
        }
    }

    private func link(_ world: ConsoleWorld) async throws -> String? {
        try await world.store.look("SELECT remote_id FROM remote_ref", as: String.self)
    }

    @Test(arguments: TestDatabase.available)
    func `another name and a new user id are one job, and the next one comes after it`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await linked(world)
            try await world.write("Soy yo", wamid: "2", from: Self.renamed)
            try await world.write("Otra vez", wamid: "3", from: Self.renamed)
            var last = Self.renamed
            last.profileName = "Lucía Fernández Ruiz"
            try await world.write("Y otra", wamid: "4", from: last)
            #expect(try await jobs(.available, world) == 1)

            let claimed = try await dueContacts(world)
            #expect(claimed.map(\.contact.id) == [contact])
            #expect(claimed.first?.contact.remoteID == "r1")
            #expect(claimed.first?.contact.profileName == "Lucía Fernández Ruiz")
            #expect(claimed.first?.contact.userID == "MX.13491208655302741918")
            #expect(claimed.first?.contact.phone == "5215512345678")

            // It has left with what was known then.
            try await world.write("Ya", wamid: "5", from: Self.renamed)
            #expect(try await jobs(.available, world) == 1)
            let before = try await world.store.syncErrors(of: world.crm, in: world.workspace)
            _ = try await turn(
                world, settling: claimed.map { ContactOutcome(job: $0, outcome: .completed, remoteID: "r1") })
            #expect(try await jobs(.completed, world) == 1)
            // It is among the work of which the share of errors is told.
            let after = try await world.store.syncErrors(of: world.crm, in: world.workspace)
            #expect(after.kept == before.kept + 1 && after.recorded == before.recorded)
            #expect(try await world.store.recount(in: world.workspace).differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a change of number is told`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await linked(world)
            try await world.receive([
                .identityChange(
                    IdentityChange(
                        kind: .number, messageID: "wamid.change", at: world.clock.now, previous: ConsoleWorld.lucia,
                        current: Participant(waID: "5213398765432"), text: ""))
            ])
            #expect(try await dueContacts(world).map(\.contact.phone) == ["5213398765432"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is new or stays the same causes no job`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await linked(world)
            try await world.write("¿Hola?", wamid: "2")
            try await world.write("Buenas", wamid: "3", from: ConsoleWorld.carlos)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'crm.contact'") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `where the CRM has no record there is nothing to do`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await world.write("Soy yo", wamid: "2", from: Self.renamed)
            #expect(try await dueContacts(world).isEmpty)
            #expect(try await jobs(.completed, world) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a record that is gone is forgotten, one that was merged goes by its new id`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            _ = try await linked(world)
            try await world.write("Soy yo", wamid: "2", from: Self.renamed)
            let merged = try await dueContacts(world)
            _ = try await turn(
                world, settling: merged.map { ContactOutcome(job: $0, outcome: .completed, remoteID: "r2") })
            #expect(try await link(world) == "r2")

            try await world.write("Otra vez", wamid: "3")
            let gone = try await dueContacts(world)
            #expect(gone.count == 1)
            _ = try await turn(world, settling: gone.map { ContactOutcome(job: $0, outcome: .completed, isGone: true) })
            #expect(try await link(world) == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a dead letter of a contact holds up no message`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            _ = try await linked(world)
            try await world.write("Soy yo", wamid: "2", from: Self.renamed)
            let claimed = try await dueContacts(world)
            try await world.write("¿Hola?", wamid: "3", from: Self.renamed)
            #expect(try await turn(world).jobs.isEmpty)

            let refusal = ConsoleWorld.failure(.permanent, code: "VALIDATION_ERROR")
            let next = try await turn(
                world, settling: claimed.map { ContactOutcome(job: $0, outcome: .discarded, failure: refusal) })
            #expect(next.jobs.count == 1)
            #expect(try await jobs(.discarded, world) == 1)
        }
    }
}
