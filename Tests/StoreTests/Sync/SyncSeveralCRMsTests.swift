import Domain
import Testing

@testable import Store

/// Several CRMs that say different things of one field come to rest.
@Suite struct SyncSeveralCRMsTests {
    /// One contact with a record in each of two CRMs, which keep what they are given.
    private final class Rig {
        let world: ConsoleWorld
        let contact: ContactID
        let crms: [ConnectionID]
        var records: [ConnectionID: [String: String]] = [:]

        /// How each writes what it is given.
        var habits: [@Sendable (String) -> String] = [{ $0 }, { $0 }]
        private var altered: Set<ConnectionID> = []

        init(
            _ database: any SQLDatabase, _ person: PersonSample, _ rows: [MappingRow], _ others: [MappingRow]
        ) async throws {
            var provision = ConsoleWorld.provision
            provision.connections["odoo"] = .init(
                kind: "odoo", baseURL: "https://ejemplo.odoo.com", settings: "{}", secrets: "{}")
            world = try await ConsoleWorld(database, provision: provision)
            let accounts = try await world.store.connectionAccounts()
            crms = try ["hubspot", "odoo"].map { slug in try required(accounts.first { $0.slug == slug }).id }
            contact = try await world.add(person)
            for (crm, rows) in zip(crms, [rows, others]) {
                try await world.store.saveMapping(
                    FieldMapping(rows), of: crm, expecting: nil, by: "Ana", in: world.workspace)
                try await world.store.link([(contact, "r-\(crm)")], grip: world.grip(.connection(crm)))
            }
        }

        /// The record of one of them says this from now on, and is compared.
        func say(_ index: Int, _ fields: [String: String]) async throws {
            records[crms[index], default: [:]].merge(fields) { $1 }
            try await compare(crms[index])
        }

        func compare(_ crm: ConnectionID) async throws {
            let record = SyncRecord(contact: contact, remoteID: "r-\(crm)", fields: records[crm] ?? [:])
            let outcome = try required(
                await world.store.merge(
                    [record], world.turn(of: crm), context: ConsoleWorld.sync, gives: .now
                ).first)
            altered.remove(crm)
            for (field, value) in outcome.fields {
                let written = habits[crms.firstIndex(of: crm) ?? 0](value)
                records[crm, default: [:]][field] = written
                if written != value { altered.insert(crm) }
            }
            try await world.store.settleGives([SyncGiven(outcome)], world.turn(.edit, of: crm))
        }

        /// Compares whoever is due, until nobody is.
        /// - Returns: how many comparisons that took; 60 where it has no end.
        func settle() async throws -> Int {
            for count in 0..<60 {
                var isQuiet = true
                for crm in crms {
                    let due = try await world.store.syncHealth(of: crm, in: world.workspace).due.value
                    guard due > 0 || altered.contains(crm) else { continue }
                    isQuiet = false
                    try await compare(crm)
                }
                if isQuiet { return count }
            }
            return 60
        }

        func said(_ field: LocalField) async throws -> String? { try await world.snapshot(contact, field)[field] }

        /// Whatever happens to be due is compared at last: a look at everything changes nothing.
        func compareAll() async throws {
            for crm in crms { try await compare(crm) }
        }

        func taken() async throws -> [String] { try await world.changes(.taken).map(\.after) }
    }

    private func city(_ direction: SyncDirection, _ rule: SyncRule = .crmWins) -> MappingRow {
        MappingRow(local: .wellKnown(.city), remote: "city", direction: direction, rule: rule)
    }

    private func rig(
        _ engine: TestDatabase, _ rows: [MappingRow], _ others: [MappingRow],
        _ body: (Rig) async throws -> Void
    ) async throws {
        try await engine.with { database in
            try await body(Rig(database, PersonSample(name: "Ana"), rows, others))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two that are only read the first is taken, and after that whichever changes`(
        engine: TestDatabase
    ) async throws {
        try await rig(engine, [city(.fromCRM)], [city(.fromCRM)]) { rig in
            try await rig.say(0, ["city": "CDMX"])
            try await rig.say(1, ["city": "Ciudad de México"])
            #expect(try await rig.settle() < 3)
            try await rig.compareAll()
            #expect(try await rig.said(.wellKnown(.city)) == "CDMX")
            #expect(try await rig.taken() == ["CDMX"])

            try await rig.say(1, ["city": "Puebla"])
            #expect(try await rig.settle() < 3)
            try await rig.compareAll()
            #expect(try await rig.taken() == ["CDMX", "Puebla"])
            try await rig.say(0, ["city": "Toluca"])
            #expect(try await rig.settle() < 3)
            try await rig.compareAll()
            #expect(try await rig.taken() == ["CDMX", "Puebla", "Toluca"])
            #expect(rig.records.values.map { $0["city"] ?? "" }.sorted() == ["Puebla", "Toluca"])
        }
    }

    @Test(arguments: TestDatabase.available, [0, 1])
    func `what people edit here does not last, and who told last puts it right`(
        engine: TestDatabase, first: Int
    ) async throws {
        try await rig(engine, [city(.fromCRM)], [city(.fromCRM)]) { rig in
            try await rig.say(0, ["city": "CDMX"])
            try await rig.say(1, ["city": "Lima"])
            try await rig.say(1, ["city": "Puebla"])
            _ = try await rig.settle()
            let field = try required(try await rig.world.store.look("SELECT id FROM field", as: FieldID.self))
            _ = try await rig.world.store.setField(
                field, of: rig.contact, to: "Cali", habits: .machine, in: rig.world.workspace, by: "Ana")

            try await rig.compare(rig.crms[first])
            #expect(try await rig.settle() < 3)

            #expect(try await rig.said(.wellKnown(.city)) == "Puebla")
            #expect(try await rig.taken() == ["CDMX", "Puebla", "Puebla"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is the only one left puts right what the other told`(engine: TestDatabase) async throws {
        try await rig(engine, [city(.fromCRM)], [city(.fromCRM)]) { rig in
            try await rig.say(1, ["city": "Lima"])
            try await rig.say(0, ["city": "CDMX"])
            #expect(try await rig.said(.wellKnown(.city)) == "Lima")
            try await rig.world.store.database.write {
                try $0.execute("UPDATE connection SET state = 'disabled' WHERE slug = 'odoo'")
            }

            try await rig.compare(rig.crms[0])

            #expect(try await rig.said(.wellKnown(.city)) == "CDMX")
        }
    }

    @Test(arguments: TestDatabase.available, [SyncRule.crmWins, .newest])
    func `of two that go both ways all come to say the same`(engine: TestDatabase, rule: SyncRule) async throws {
        try await rig(engine, [city(.both, rule)], [city(.both, rule)]) { rig in
            try await rig.say(0, ["city": "CDMX"])
            try await rig.say(1, ["city": "Ciudad de México"])
            #expect(try await rig.settle() < 5)
            try await rig.compareAll()

            let said = try await rig.said(.wellKnown(.city))
            #expect(rig.records.values.allSatisfy { $0["city"] == said })
            #expect(try await rig.world.changes(.taken, .given).count <= 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two that write one value differently come to rest, and a person is asked`(
        engine: TestDatabase
    ) async throws {
        try await rig(engine, [city(.both)], [city(.both)]) { rig in
            rig.habits = [{ $0.uppercased() }, { $0.lowercased() }]
            rig.records[rig.crms[1]] = ["city": ""]
            try await rig.say(0, ["city": "CDMX"])

            #expect(try await rig.settle() < 60)
            try await rig.compareAll()

            #expect(try await rig.world.changes(.taken, .given).count < 50)
            let open = try await rig.world.store.syncConflicts(in: rig.world.workspace).items
            #expect(!open.isEmpty && open.allSatisfy { $0.refusal == .unsettled })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `last names that two CRMs tell come to rest`(engine: TestDatabase) async throws {
        let rows = [
            MappingRow(local: .firstName, remote: "first", direction: .both, rule: .crmWins),
            MappingRow(local: .lastName, remote: "last", direction: .fromCRM, rule: .crmWins),
            MappingRow(
                local: .profileName, remote: "last", direction: .toCRM, rule: .fillBlank,
                transforms: [.template("{{last_name|profile_name|phone}}")]),
        ]
        try await rig(engine, rows, rows) { rig in
            try await rig.say(0, ["first": "Ana", "last": "Gómez"])
            try await rig.say(1, ["first": "Ana", "last": "Pérez"])
            #expect(try await rig.settle() < 3)
            try await rig.compareAll()
            #expect(try await rig.said(.name) == "Ana Gómez")

            try await rig.say(1, ["last": "Soto"])
            #expect(try await rig.settle() < 3)
            try await rig.compareAll()
            #expect(try await rig.said(.name) == "Ana Soto")
            #expect(try await rig.world.changes(.taken).count == 2)
        }
    }
}
