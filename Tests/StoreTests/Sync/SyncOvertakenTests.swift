import Domain
import Testing

@testable import Store

/// A record that is read while its CRM is written to.
@Suite struct SyncOvertakenTests {
    /// The record says this in a reading that began at `readAt`.
    private func compare(
        _ contact: ContactID, _ text: String, readAt: Timestamp, _ world: ConsoleWorld
    ) async throws -> [SyncOutcome] {
        let record = SyncRecord(contact: contact, remoteID: "r1", fields: ["f": text], readAt: readAt)
        return try await world.store.merge([record], world.turn(), context: ConsoleWorld.sync, gives: .now)
    }

    @Test(arguments: TestDatabase.available)
    func `what was read before the CRM was given something changes nothing, and is compared anew`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .name, remote: "f", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Ana"])
            try await world.store.database.write {
                try $0.execute("UPDATE contact SET name = 'Eva' WHERE id = :id", ["id": contact])
            }
            let before = world.clock.now
            world.clock.advance(by: .seconds(1))
            try await world.accept(try await world.compare(contact, ["f": "Ana"]))
            try await world.forgetDue()

            let late = try await compare(contact, "Ana", readAt: before, world)

            #expect(late.isEmpty)
            #expect(try await world.snapshot(contact, .name)[.name] == "Eva")
            #expect(try await world.due() == 1)

            world.clock.advance(by: .seconds(1))
            let again = try await compare(contact, "Eva", readAt: world.clock.now, world)
            #expect(again.first?.gives.isEmpty == true && again.first?.taken.isEmpty == true)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was read before something newer was taken over changes nothing, and is compared anew`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await world.map(MappingRow(local: .name, remote: "f", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "Ana"))
            _ = try await world.compare(contact, ["f": "Ana"])
            // A page is read; while it waits, a webhook brings what somebody typed there meanwhile.
            let before = world.clock.now
            world.clock.advance(by: .seconds(1))
            _ = try await world.compare(contact, ["f": "Eva"])
            try await world.forgetDue()

            let late = try await compare(contact, "Ana", readAt: before, world)

            #expect(late.isEmpty)
            #expect(try await world.snapshot(contact, .name)[.name] == "Eva")
            #expect(try await world.due() == 1)
        }
    }
}
