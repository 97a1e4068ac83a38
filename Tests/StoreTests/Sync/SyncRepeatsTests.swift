import Domain
import Testing

@testable import Store

/// A value that goes over and is undone again and again.
@Suite struct SyncRepeatsTests {
    private func undone(_ times: Int, _ contact: ContactID, _ world: ConsoleWorld) async throws {
        for _ in 0..<times {
            let outcome = try await world.compare(contact, ["f": "x"])
            #expect(outcome.fields == ["f": "vip"])
            try await world.accept(outcome)
            world.clock.advance(by: .seconds(1))
        }
    }

    private func told(_ world: ConsoleWorld) async throws -> ContactID {
        try await world.map(MappingRow(local: .note, remote: "f", direction: .toCRM, rule: .puenteWins))
        let contact = try await world.linked(PersonSample(name: "Ana"))
        _ = try await world.store.editContact(contact, ContactEdit(note: "vip"), by: "Ana", in: world.workspace)
        return contact
    }

    @Test(arguments: TestDatabase.available)
    func `what a CRM undoes each time rests, until a person decides`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await told(world)
            try await undone(SyncRepeats.most, contact, world)

            let outcome = try await world.compare(contact, ["f": "x"])
            #expect(outcome.gives.isEmpty && outcome.refusals == ["f": .unsettled])
            let open = try required(
                try await world.store.syncConflicts(of: world.crm, in: world.workspace).items.first)
            #expect(open.refusal == .unsettled && open.ours == "vip" && open.theirs == "x")
            world.clock.advance(by: .days(2))
            #expect(try await world.compare(contact, ["f": "y"]).gives.isEmpty)

            let done = try await world.store.resolve(
                [open.id], choosing: .ours, context: ConsoleWorld.sync, by: "Ana", in: world.workspace)
            #expect(done.resolved == 1)
            let decided = try await world.compare(contact, ["f": "y"])
            #expect(decided.fields == ["f": "vip"])
            try await world.accept(decided)
            try await undone(1, contact, world)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field that rests goes on once both sides say the same`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let contact = try await told(world)
            try await undone(SyncRepeats.most, contact, world)
            _ = try await world.compare(contact, ["f": "x"])

            _ = try await world.compare(contact, ["f": "vip"])

            #expect(try await world.store.countSyncConflicts(in: world.workspace).value == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a field that changes to and fro in the CRM does not rest`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .note, remote: "f", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))

            for number in 0..<3 * SyncRepeats.most {
                let text = number.isMultiple(of: 2) ? "sí" : "no"
                #expect(try await world.compare(contact, ["f": text]).taken == [.note])
                world.clock.advance(by: .seconds(1))
            }
        }
    }

    /// A day of a busy connection's log is millions of rows.
    @Test func `on SQLite what went over too often is found by the contact`() async throws {
        try await TestDatabase.sqlite.with { database in
            let listening = ListeningDatabase(database)
            let world = try await ConsoleWorld(listening)
            let contact = try await told(world)
            let plans = try await listening.plans {
                try await undone(SyncRepeats.most, contact, world)
                _ = try await world.compare(contact, ["f": "x"])
            }
            let asked = plans.filter { $0.sql.contains("FROM sync_change") && $0.sql.contains("local NOT IN") }
            #expect(asked.count == 2)
            #expect(asked.filter { plan in !plan.steps.contains { $0.contains("sync_change_contact") } }.isEmpty)
        }
    }
}
