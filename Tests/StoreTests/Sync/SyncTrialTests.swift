import Domain
import Testing

@testable import Store

/// Trying a mapping with one contact: the same answers as comparing, and nothing written.
@Suite struct SyncTrialTests {
    private static let rows = [
        MappingRow(local: .name, remote: "name", direction: .both, rule: .crmWins),
        MappingRow(local: .email, remote: "mail", direction: .both, rule: .crmWins, transforms: [.letters(.lower)]),
        MappingRow(local: .note, remote: "note", direction: .both, rule: .ask),
        MappingRow(local: .labels, remote: "tags", direction: .both, rule: .newest),
        MappingRow(local: .wellKnown(.company), remote: "company", direction: .fromCRM, rule: .crmWins),
        MappingRow(local: .language, remote: "lang", direction: .both, rule: .newest),
        MappingRow(local: .createdAt, remote: "since", direction: .toCRM, rule: .puenteWins, isOn: false),
        MappingRow(local: .wellKnown(.city), remote: "city", direction: .fromCRM, rule: .crmWins),
    ]

    private static let record = [
        "name": "Ana Gómez", "mail": "", "note": "suya", "tags": "", "company": "Ejemplo", "lang": "klingonés",
        "city": "",
    ]

    private func contact(in world: ConsoleWorld) async throws -> ContactID {
        let contact = try await world.linked(PersonSample(name: "Ana"))
        _ = try await world.store.editContact(
            contact, ContactEdit(note: "nuestra"), by: "Ana", in: world.workspace)
        return contact
    }

    @Test(arguments: TestDatabase.available)
    func `each row says what would become of it, and nothing is written`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await contact(in: world)
            let record = SyncRecord(contact: contact, remoteID: "r1", fields: Self.record)

            let trial = try #require(
                try await world.store.tryMerge(
                    record, by: FieldMapping(Self.rows), world.turn(), context: ConsoleWorld.sync))

            #expect(
                trial.rows.map(\.verdict) == [
                    .taken, .silent, .asked, .silent, .taken, .refused(.unreadable), .off, .silent,
                ])
            #expect(trial.rows[0].ours == .init(before: "Ana", after: "Ana Gómez"))
            #expect(trial.rows[2].ours == .init(before: "nuestra", after: "nuestra"))
            #expect(trial.rows[4].ours == .init(before: "", after: "Ejemplo"))
            #expect(try await world.snapshot(contact, .name)[.name] == "Ana")
            #expect(try await world.changes().isEmpty)
            for table in ["sync_state", "sync_conflict", "field"] {
                #expect(try await world.store.look("SELECT COUNT(*) AS n FROM \(table)") == 0)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `it comes to what comparing then does`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let rows = [
                MappingRow(
                    local: .name, remote: "f", direction: .both, rule: .puenteWins, transforms: [.letters(.upper)])
            ]
            try await world.map(rows[0])
            let contact = try await contact(in: world)
            let record = SyncRecord(contact: contact, remoteID: "r1", fields: ["f": "Eva"])

            let trial = try await world.store.tryMerge(
                record, by: FieldMapping(rows), world.turn(), context: ConsoleWorld.sync)
            let outcome = try await world.compare(contact, ["f": "Eva"])

            #expect(trial?.rows[0].verdict == .given)
            #expect(trial?.rows[0].theirs == .init(before: "Eva", after: outcome.fields["f"] ?? "?"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a name that is taken whole is shown in its parts`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let rows = [
                MappingRow(local: .firstName, remote: "first", direction: .both, rule: .crmWins),
                MappingRow(local: .lastName, remote: "last", direction: .both, rule: .crmWins),
            ]
            let contact = try await world.linked(PersonSample(name: "Ana Gil"))
            let record = SyncRecord(contact: contact, remoteID: "r1", fields: ["first": "Eva", "last": "Ruiz"])

            let trial = try await world.store.tryMerge(
                record, by: FieldMapping(rows), world.turn(), context: ConsoleWorld.sync)

            #expect(trial?.rows.map(\.verdict) == [.taken, .taken])
            #expect(
                trial?.rows.map(\.ours) == [.init(before: "Ana", after: "Eva"), .init(before: "Gil", after: "Ruiz")])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what the record does not have, and fields of ours that are gone, are said`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await contact(in: world)
            let rows = [
                MappingRow(local: .name, remote: "nowhere", direction: .both, rule: .crmWins),
                MappingRow(local: .custom(FieldID(rawValue: 9)), remote: "f", direction: .both, rule: .crmWins),
            ]
            let record = SyncRecord(contact: contact, remoteID: "r1", fields: ["f": "x"])

            let trial = try await world.store.tryMerge(
                record, by: FieldMapping(rows), world.turn(), context: ConsoleWorld.sync)
            let nobody = try await world.store.tryMerge(
                SyncRecord(contact: ContactID(rawValue: 1), remoteID: "r1", fields: [:]), by: FieldMapping(rows),
                world.turn(), context: ConsoleWorld.sync)

            #expect(trial?.rows.map(\.verdict) == [.notRead, .noField])
            #expect(nobody == nil)
        }
    }
}
