import Domain
import Testing

@testable import Store

/// Names are one text here, and two fields in most CRMs.
@Suite struct SyncNamesTests {
    private static let rows = [
        MappingRow(local: .firstName, remote: "first", direction: .both, rule: .crmWins),
        MappingRow(local: .lastName, remote: "last", direction: .both, rule: .crmWins),
    ]

    private func name(_ contact: ContactID, _ world: ConsoleWorld) async throws -> String? {
        try await world.snapshot(contact, .name)[.name]
    }

    private func linked(_ name: String, _ world: ConsoleWorld) async throws -> ContactID {
        try await world.map(Self.rows[0], Self.rows[1])
        return try await world.linked(PersonSample(name: name))
    }

    @Test(arguments: TestDatabase.available)
    func `a first name of two words is taken whole, and is not cut afterwards`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("Vera", world)
            let there = ["first": "María José", "last": "López"]

            let taken = try await world.compare(contact, there)
            #expect(taken.fields.isEmpty)
            #expect(try await name(contact, world) == "María José López")

            let again = try await world.compare(contact, there)
            #expect(again.fields.isEmpty && again.taken.isEmpty && again.conflicts.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `another last name leaves the two first names`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("María José López", world)
            _ = try await world.compare(contact, ["first": "María José", "last": "López"])

            let outcome = try await world.compare(contact, ["first": "María José", "last": "Pérez"])

            #expect(outcome.fields.isEmpty)
            #expect(try await name(contact, world) == "María José Pérez")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a first name that is blank there stays here, and the new last name is taken`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("María José López", world)
            _ = try await world.compare(contact, ["first": "María José", "last": "López"])

            for _ in 1...2 {
                let outcome = try await world.compare(contact, ["first": "", "last": "Pérez"])
                #expect(outcome.conflicts.isEmpty)
                #expect(try await name(contact, world) == "María José Pérez")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a name of one word is the record's last name, until there are two`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("Vera", world)
            _ = try await world.compare(contact, ["first": "", "last": "Vera"])
            #expect(try await name(contact, world) == "Vera")

            let taken = try await world.compare(contact, ["first": "Alba", "last": "Soler"])

            #expect(taken.fields.isEmpty)
            #expect(try await name(contact, world) == "Alba Soler")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a name in one field of two is the same name`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("Ana Ruiz", world)

            let outcome = try await world.compare(contact, ["first": "Ana Ruiz", "last": ""])

            #expect(outcome.fields.isEmpty && outcome.taken.isEmpty)
            #expect(try await name(contact, world) == "Ana Ruiz")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `another last name that is typed here leaves the two first names there`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("María José López", world)
            _ = try await world.compare(contact, ["first": "María José", "last": "López"])
            _ = try await world.store.editContact(
                contact, ContactEdit(name: "María José Pérez"), by: "Ana", in: world.workspace)

            let outcome = try await world.compare(contact, ["first": "María José", "last": "López"])

            #expect(outcome.fields == ["last": "Pérez"])
            #expect(try await name(contact, world) == "María José Pérez")
        }
    }

    /// As a search shows for a moment what a record said before, and then what it says.
    @Test(arguments: TestDatabase.available)
    func `a part that was emptied there stays here, and the name that comes back is taken`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await linked("Vera", world)
            _ = try await world.compare(contact, ["first": "", "last": "Vera"])
            _ = try await world.compare(contact, ["first": "Alba", "last": "Soler"])

            _ = try await world.compare(contact, ["first": "", "last": "Vera"])
            #expect(try await name(contact, world) == "Alba Vera")
            let back = try await world.compare(contact, ["first": "Alba", "last": "Soler"])

            #expect(back.fields.isEmpty)
            #expect(try await name(contact, world) == "Alba Soler")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what stands there for no last name is none`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            var last = Self.rows[1]
            last.fallback = "-"
            try await world.map(Self.rows[0], last)
            let contact = try await world.linked(PersonSample(name: "Ana"))

            let outcome = try await world.compare(contact, ["first": "Ana", "last": ""])
            #expect(outcome.fields == ["last": "-"])
            try await world.accept(outcome)

            let echo = try await world.compare(contact, ["first": "Ana", "last": "-"])
            #expect(echo.fields.isEmpty && echo.taken.isEmpty)
            #expect(try await name(contact, world) == "Ana")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a part of a name that is told to another field, too, is told there though the names are the same`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let told = MappingRow(
                local: .firstName, remote: "address", direction: .toCRM, rule: .puenteWins,
                transforms: [.template("{{first_name}} ({{phone|unknown}})")])
            try await world.map(Self.rows[0], Self.rows[1], told)
            let contact = try await world.linked(PersonSample(name: "Ana Ruiz"))
            let there = ["first": "Ana", "last": "Ruiz", "address": ""]

            let trial = try await world.store.tryMerge(
                SyncRecord(contact: contact, remoteID: "r1", fields: there),
                by: FieldMapping([Self.rows[0], Self.rows[1], told]), world.turn(), context: ConsoleWorld.sync)
            #expect(trial?.rows.map(\.verdict) == [.same, .same, .given])
            let first = try await world.compare(contact, there)
            #expect(first.fields == ["address": "Ana (unknown)"])
            try await world.accept(first)

            let renamed = ["first": "Eva", "last": "Ruiz", "address": "Ana (unknown)"]
            let second = try await world.compare(contact, renamed)
            #expect(second.fields == ["address": "Eva (unknown)"])
            #expect(try await name(contact, world) == "Eva Ruiz")
        }
    }
}
