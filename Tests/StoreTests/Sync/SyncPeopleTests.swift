import Domain
import Synchronization
import Testing

@testable import Store

/// What sync keeps of people follows them.
@Suite struct SyncPeopleTests {
    private static let row = MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins)

    @Test(arguments: TestDatabase.available)
    func `what is agreed on goes with the record when contacts are merged, and back with an undo`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { merging in
            let world = merging.world
            try await world.map(Self.row)
            _ = try await world.compare(merging.loser, ["f": "Paga tarde"])
            let before = try await merging.image()
            func owner() async throws -> ContactID? {
                try await merging.look("SELECT contact_id FROM sync_state", as: ContactID.self)
            }
            #expect(try await owner() == merging.loser)

            let merge = try await merging.merge()
            #expect(try await owner() == merging.winner)
            try await merging.undo(merge)

            #expect(try await owner() == merging.loser)
            #expect(try await merging.image().differences(from: before).filter { $0.contains("sync_") } == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the log of a person shows what was known of those who were merged into them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { merging in
            let world = merging.world
            try await world.map(Self.row)
            _ = try await world.compare(merging.loser, ["f": "Otra"])
            try await merging.merge()

            let log = try await world.store.syncChanges(
                SyncChangeQuery(contact: merging.winner), in: world.workspace)

            #expect(log.items.map(\.contact) == [merging.loser])
            // The change of whoever was merged is put back for who they are.
            let report = try await world.store.putBack(log.items.map(\.id), world.puttingBack)
            #expect(report.contacts == [merging.winner])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two who are one person by now the older change is put back, and both are done with`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { merging in
            let world = merging.world
            try await world.map(Self.row)
            _ = try await world.compare(merging.loser, ["f": "Una"])
            world.clock.advance(by: .seconds(1))
            _ = try await world.compare(merging.winner, ["f": "Otra"])
            let changes = try await world.changes(.taken)
            #expect(changes.map(\.contact) == [merging.loser, merging.winner])
            try await merging.merge()

            let report = try await world.store.putBack(changes.map(\.id), world.puttingBack)
            #expect(report.fields == 1 && report.contacts == [merging.winner])
            let note = try await world.snapshot(merging.winner, .note)[.note] ?? ""
            #expect(note == changes.first?.before)

            #expect(try await world.store.putBack(changes.map(\.id), world.puttingBack).fields == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nothing of it outlives a person who is erased`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                Self.row, MappingRow(local: .name, remote: "name", direction: .both, rule: .ask))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "uno", "name": "Eva"])
            let open = try await world.store.syncConflicts(in: world.workspace).items
            try await world.store.resolve(
                open.map(\.id), choosing: .ours, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)
            _ = try await world.store.editContact(contact, ContactEdit(note: "x"), by: "Ana", in: world.workspace)

            _ = try await world.store.erase(contact, wish: .tell, by: "Ana", in: world.workspace)

            for table in ["sync_state", "sync_due", "sync_conflict", "sync_decision", "sync_change"] {
                #expect(try await world.look("SELECT COUNT(*) AS n FROM \(table)") == 0, "\(table)")
            }
        }
    }

    // MARK: Records that come and go

    private static let kept = [
        MappingRow(local: .labels, remote: "labels", direction: .both, rule: .newest),
        MappingRow(local: .note, remote: "note", direction: .both, rule: .crmWins),
        MappingRow(local: .marketingConsent, remote: "consent", direction: .both, rule: .newest),
    ]
    private static let agreed = ["labels": "VIP", "note": "Paga tarde", "consent": "withdrawn"]
    private static let blank = ["labels": "", "note": "", "consent": ""]

    /// Somebody of whom both sides say the same.
    private func agreed(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.map(Self.kept[0], Self.kept[1], Self.kept[2])
        let contact = try await world.linked(PersonSample(name: "Ana"))
        _ = try await world.compare(contact, Self.agreed)
        return contact
    }

    private func expectAllIsGiven(_ outcome: SyncOutcome, _ contact: ContactID, _ world: ConsoleWorld) async throws {
        #expect(outcome.fields == Self.agreed && outcome.taken.isEmpty)
        let ours = try await world.snapshot(contact, .labels, .note, .marketingConsent)
        #expect(ours[.labels] == "VIP" && ours[.note] == "Paga tarde" && ours[.marketingConsent] == "withdrawn")
    }

    @Test(arguments: TestDatabase.available)
    func `a record that was made anew for one that was deleted gets all, and takes nothing off`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let contact = try await agreed(world)
            try await world.store.unlink(remoteID: "r1", connection: world.crm, in: world.workspace)
            try await world.link(contact, "r2")

            try await expectAllIsGiven(try await world.compare(contact, Self.blank), contact, world)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the survivor of a merge there gets all, and takes nothing off`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await agreed(world)
            try await world.store.relink(["r1"], to: "r2", connection: world.crm, in: world.workspace)

            try await expectAllIsGiven(try await world.compare(contact, Self.blank), contact, world)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a survivor that answers before anybody told of the merge does, too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await agreed(world)

            let outcomes = try await world.store.merge(
                [SyncRecord(contact: contact, remoteID: "r2", fields: Self.blank)], world.turn(),
                context: ConsoleWorld.sync, gives: .now)

            try await expectAllIsGiven(try #require(outcomes.first), contact, world)
        }
    }

    /// However many records a page holds.
    @Test(arguments: TestDatabase.available)
    func `a thousand contacts take no more statements than ten`(engine: TestDatabase) async throws {
        try await engine.with { database in
            let counting = CountingDatabase(database)
            let world = try await ConsoleWorld(counting)
            try await world.map(
                MappingRow(local: .name, remote: "name", direction: .both, rule: .crmWins),
                MappingRow(local: .phone, remote: "phone", direction: .both, rule: .crmWins),
                MappingRow(local: .labels, remote: "labels", direction: .both, rule: .crmWins),
                MappingRow(local: .note, remote: "note", direction: .both, rule: .puenteWins))
            func statements(_ people: Range<Int>) async throws -> Int {
                var records: [SyncRecord] = []
                for index in people {
                    let contact = try await world.linked(PersonSample(name: "Ana \(index)"), record: "r\(index)")
                    records.append(
                        SyncRecord(
                            contact: contact, remoteID: "r\(index)",
                            fields: [
                                "name": "Eva \(index)", "phone": "\(34_600_000_000 + index)", "labels": "VIP",
                                "note": "",
                            ]))
                }
                counting.count.withLock { $0 = 0 }
                let outcomes = try await world.store.merge(
                    records, world.turn(), context: ConsoleWorld.sync, gives: .job)
                #expect(outcomes.count == people.count)
                #expect(outcomes.allSatisfy { $0.taken == [.name, .phone, .labels] })
                return counting.count.withLock { $0 }
            }
            _ = try await statements(0..<5)

            let ten = try await statements(10..<20)
            let thousand = try await statements(1000..<2000)

            // They are compared in two parts of five hundred.
            #expect(thousand <= 2 * ten && ten < 60)
        }
    }
}

/// Counts statements; PostgreSQL's locks by key are one for each key.
private final class CountingDatabase: SQLDatabase {
    let count = Mutex(0)
    private let inner: any SQLDatabase

    init(_ inner: any SQLDatabase) { self.inner = inner }

    var dialect: SQLDialect { inner.dialect }
    var breaks: Int { inner.breaks }

    func write<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await inner.write(on: pool, durability) { try body(CountingConnection(inner: $0, note: self.note)) }
    }

    func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await inner.read(on: pool) { try body(CountingConnection(inner: $0, note: self.note)) }
    }

    func close() async { await inner.close() }

    private func note(_ sql: String) {
        if !sql.contains("pg_advisory_xact_lock") { count.withLock { $0 += 1 } }
    }
}

private struct CountingConnection: SQLConnection {
    let inner: any SQLConnection
    let note: (String) -> Void

    var dialect: SQLDialect { inner.dialect }

    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        note(sql)
        return try inner.execute(sql, arguments)
    }

    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int {
        if !rows.isEmpty { note(sql) }
        return try inner.executeMany(sql, rows)
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow] {
        note(sql)
        return try inner.rows(sql, arguments)
    }
}
