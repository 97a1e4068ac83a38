import Domain
import Testing

@testable import Store

@Suite struct MappingStoreTests {
    private static let rows = [
        MappingRow(local: .name, remote: "name", direction: .both, rule: .newest),
        MappingRow(
            local: .phone, remote: "mobilephone", direction: .toCRM, rule: .puenteWins,
            transforms: [.phone(.international)], fallback: "-"),
        MappingRow(
            local: .marketingConsent, remote: "opt_out", direction: .both, rule: .ask,
            transforms: [
                .choices(
                    [.init(ours: "withdrawn", theirs: "true"), .init(ours: "granted", theirs: "false")],
                    otherwise: "unknown")
            ]),
        MappingRow(
            local: .note, remote: "note", direction: .toCRM, rule: .fillBlank,
            transforms: [.letters(.title), .date(.dayMonthYear), .part(2, separator: "/"), .template("{{name|x}}")],
            isOn: false),
    ]

    @Test(arguments: TestDatabase.available)
    func `a mapping is kept as it was written`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            #expect(try await world.store.mapping(of: world.crm, in: world.workspace) == nil)

            let version = try await world.store.saveMapping(
                FieldMapping(Self.rows), of: world.crm, expecting: nil, by: "Ana", in: world.workspace)

            let kept = try #require(try await world.store.mapping(of: world.crm, in: world.workspace))
            #expect(kept.mapping.rows == Self.rows && kept.version == version && kept.updatedBy == "Ana")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two who save the second looks again`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let mapping = FieldMapping(Self.rows)
            func save(_ version: Int64?) async throws -> Int64 {
                try await world.store.saveMapping(
                    mapping, of: world.crm, expecting: version, by: "Ana", in: world.workspace)
            }
            let first = try await save(nil)
            let second = try await save(first)

            #expect(second == first + 1)
            await #expect(throws: PuenteError.changedMeanwhile) { try await save(first) }
            await #expect(throws: PuenteError.changedMeanwhile) { try await save(nil) }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a first mapping is made only where there is none`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            func seed(_ rows: [MappingRow]) async throws -> Bool {
                try await world.store.seedMapping(
                    FieldMapping(rows), for: world.crm, by: "puente", in: world.workspace)
            }
            let (isMade, isMadeAgain) = (try await seed(Self.rows), try await seed([]))
            #expect(isMade && !isMadeAgain)
            let kept = try await world.store.mapping(of: world.crm, in: world.workspace)
            #expect(kept?.mapping.rows == Self.rows)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a row that cannot work is named, and nothing is saved`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let error = await #expect(throws: PuenteError.self) {
                try await world.map(
                    Self.rows[0], MappingRow(local: .page, remote: "page", direction: .both, rule: .ask))
            }
            #expect(error?.detail == "mapping")
            #expect(error?.message.en.hasPrefix("Row 2: Puente knows this from WhatsApp") == true)
            await #expect(throws: PuenteError.self) {
                try await world.map(
                    MappingRow(local: .custom(FieldID(rawValue: 7)), remote: "x", direction: .both, rule: .ask))
            }
            let kept = try await world.store.mapping(of: world.crm, in: world.workspace)
            #expect(kept == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what waits for a person goes with its row`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .name, remote: "name", direction: .both, rule: .ask))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["name": "Eva"])
            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 1)

            try await world.map(MappingRow(local: .note, remote: "note", direction: .both, rule: .ask))

            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what waits for a person goes with its row, though another row names the same field of the CRM`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let name = MappingRow(local: .name, remote: "f", direction: .both, rule: .ask)
            let note = MappingRow(local: .note, remote: "f", direction: .fromCRM, rule: .crmWins)
            try await world.map(name, note)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Eva"])
            #expect(try await world.store.navigation(in: world.workspace).conflicts.map(\.count.value) == [1])

            try await world.map(note)
            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 0)
            _ = try await world.compare(contact, ["f": "Eva"])
            #expect(try await world.changes(.resolved).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a connection that is switched off raises no alarm for what waits`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .name, remote: "name", direction: .both, rule: .ask))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["name": "Eva"])

            try await world.store.database.write { try $0.execute("UPDATE connection SET state = 'disabled'") }

            #expect(try await world.store.navigation(in: world.workspace).conflicts.isEmpty)
            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 1)
        }
    }
}
