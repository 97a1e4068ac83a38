import Domain
import Testing

@testable import Store

/// How long contacts' changes take, both ways.
@Suite struct SyncDelayTests {
    private static let note = MappingRow(local: .note, remote: "f", direction: .both, rule: .newest)

    @Test(arguments: TestDatabase.available)
    func `is measured from the record's change until it is taken over, not of a record that is new here`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.note)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "vieja"], at: world.clock.now - .days(30))
            #expect(try await taken(world).count == 0)

            let changed = world.clock.now
            world.clock.advance(by: .seconds(8))
            _ = try await world.compare(contact, ["f": "nueva"], at: changed)

            let delay = try await taken(world)
            #expect(delay.count == 1 && delay.p50.map { $0 >= .seconds(7) && $0 <= .seconds(9) } == true)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `is measured from the edit here until the CRM has accepted it, not of what fills its blanks`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(Self.note)
            let contact = try await world.linked(PersonSample(name: "Ana"))
            try await edit(contact, "antigua", world)
            world.clock.advance(by: .days(30))
            try await world.accept(try await world.compare(contact, ["f": ""]))
            #expect(try await given(world).count == 0)

            world.clock.advance(by: .minutes(1))
            try await edit(contact, "nueva", world)
            let asked = try await world.compare(contact, ["f": "antigua"])
            world.clock.advance(by: .seconds(8))
            try await world.accept(asked)

            let delay = try await given(world)
            #expect(delay.count == 1 && delay.p50.map { $0 >= .seconds(7) && $0 <= .seconds(9) } == true)
        }
    }

    private func edit(_ contact: ContactID, _ note: String, _ world: ConsoleWorld) async throws {
        _ = try await world.store.editContact(contact, ContactEdit(note: note), by: "Ana", in: world.workspace)
    }

    private func taken(_ world: ConsoleWorld) async throws -> DelaySummary {
        try await world.store.contactDelays(of: world.crm, in: world.workspace).taken
    }

    private func given(_ world: ConsoleWorld) async throws -> DelaySummary {
        try await world.store.contactDelays(of: world.crm, in: world.workspace).given
    }
}
