import Domain
import Testing

@testable import Store

/// What people decide leaves Puente's own as it is, wherever the CRM's writing of it or its blanks are less.
@Suite struct SyncOwnValueTests {
    private static let taking = MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins)

    private func note(_ contact: ContactID, _ world: ConsoleWorld) async throws -> String? {
        try await world.snapshot(contact, .note)[.note]
    }

    private func conflict(_ world: ConsoleWorld) async throws -> SyncConflict? {
        try await world.store.syncConflicts(of: world.crm, in: world.workspace).items.first
    }

    @Test(arguments: TestDatabase.available)
    func `ours goes there in the CRM's writing and stays as it is here`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(local: .name, remote: "f", direction: .both, rule: .ask, transforms: [.letters(.upper)]))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "EVA"])
            let open = try #require(try await conflict(world))
            #expect(open.ours == "ANA")
            _ = try await world.store.resolve(
                [open.id], choosing: .ours, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)

            let outcome = try await world.compare(contact, ["f": "EVA"])

            #expect(outcome.fields == ["f": "ANA"] && outcome.taken.isEmpty)
            try await world.accept(outcome)
            #expect(try await world.snapshot(contact, .name)[.name] == "Ana")
            #expect(try await world.compare(contact, ["f": "ANA"]).gives.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what only Puente knows can be decided for Puente, and not for the CRM`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .profileName, remote: "f", direction: .toCRM, rule: .ask))
            let contact = try await world.linked(PersonSample(name: "Ana", profileName: "Anita"))
            _ = try await world.compare(contact, ["f": "Eva"])
            let open = try #require(try await conflict(world))
            func resolve(_ choice: SyncChoice) async throws -> SyncResolution {
                try await world.store.resolve(
                    [open.id], choosing: choice, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)
            }

            #expect(try await resolve(.theirs).refused[open.id] == .notTaken)
            #expect(try await resolve(.ours).resolved == 1)
            #expect(try await world.compare(contact, ["f": "Eva"]).fields == ["f": "Anita"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what cannot be written there is shown as it is here, and is not emptied by a decision`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let table = FieldTransform.choices([.init(ours: "Lima", theirs: "LIM")], otherwise: nil)
            try await world.map(
                MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins, transforms: [table]))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.store.editContact(contact, ContactEdit(note: "Quito"), by: "Ana", in: world.workspace)
            #expect(try await world.compare(contact, ["f": ""]).refusals == ["f": .unwritable])
            let open = try #require(try await conflict(world))
            #expect(open.ours == "Quito")

            let done = try await world.store.resolve(
                [open.id], choosing: .ours, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)

            #expect(done.refused[open.id] == .unwritable)
            #expect(try await note(contact, world) == "Quito")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `with everything else, what Puente filled into a blank is not emptied here`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(
                Self.taking, MappingRow(local: .name, remote: "g", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            try await world.accept(try await world.compare(contact, ["f": "", "g": ""]))
            _ = try await world.store.editContact(contact, ContactEdit(note: "vip"), by: "Ana", in: world.workspace)
            try await world.accept(try await world.compare(contact, ["f": "", "g": "Ana"]))
            _ = try await world.compare(contact, ["f": "Paga tarde", "g": "Ana"])
            world.clock.advance(by: .minutes(1))

            let report = try await world.store.putBack(
                of: world.crm, from: ConsoleWorld.start, to: world.clock.now, world.puttingBack)

            #expect(report.fields == 1 && report.refusals == [.filledBlank: 1])
            #expect(try await world.snapshot(contact, .name)[.name] == "Ana")
            // To what it was before the CRM changed it.
            #expect(try await note(contact, world) == "vip")
            let outcome = try await world.compare(contact, ["f": "Paga tarde", "g": "Ana"])
            #expect(outcome.fields == ["f": "vip"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `labels that a CRM put on go, those that it took off come back, and what people did since stays`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .labels, remote: "f", direction: .both, rule: .newest))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Mayorista"])
            world.clock.advance(by: .minutes(1))
            let from = world.clock.now
            _ = try await world.compare(contact, ["f": "Mayorista;VIP"])
            world.clock.advance(by: .seconds(1))
            _ = try await world.compare(contact, ["f": "VIP"])
            world.clock.advance(by: .minutes(1))
            let until = world.clock.now
            _ = try await world.compare(contact, ["f": "VIP;Nueva"])
            #expect(try await world.snapshot(contact, .labels)[.labels] == "Nueva;VIP")

            let report = try await world.store.putBack(of: world.crm, from: from, to: until, world.puttingBack)

            #expect(report.fields == 1 && report.refusals.isEmpty)
            #expect(try await world.snapshot(contact, .labels)[.labels] == "Mayorista;Nueva")
            let outcome = try await world.compare(contact, ["f": "VIP;Nueva"])
            #expect(outcome.fields == ["f": "Mayorista;Nueva"])
            try await world.accept(outcome)
            #expect(try await world.compare(contact, ["f": "Mayorista;Nueva"]).gives.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who was never named is put back to no name, and goes on as they call themself`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .name, remote: "f", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(profileName: "Anita"))
            _ = try await world.compare(contact, ["f": "Ana Gómez"])
            let change = try #require(try await world.changes(.taken).first)

            #expect(try await world.store.putBack([change.id], world.puttingBack).fields == 1)

            #expect(try await world.store.look("SELECT name FROM contact", as: String.self) == "")
            let outcome = try await world.compare(contact, ["f": "Ana Gómez"])
            #expect(outcome.fields == ["f": "Anita"] && outcome.taken.isEmpty)
        }
    }
}
