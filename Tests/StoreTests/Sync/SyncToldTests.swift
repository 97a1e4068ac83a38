import Domain
import Testing

@testable import Store

/// What only goes to the CRM has no way back.
@Suite struct SyncToldTests {
    @Test(arguments: TestDatabase.available)
    func `what is only told is not put back, and Puente's own stays`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.map(
                MappingRow(
                    local: .firstName, remote: "address", direction: .toCRM, rule: .puenteWins,
                    transforms: [.template("Casa de {{first_name}}")]),
                MappingRow(local: .firstName, remote: "first", direction: .both, rule: .crmWins),
                MappingRow(local: .lastName, remote: "last", direction: .both, rule: .crmWins))
            let contact = try await world.linked(PersonSample(name: "Ana Ruiz"))
            let there = ["address": "Lima", "first": "Ana", "last": "Ruiz"]
            try await world.accept(try await world.compare(contact, there))
            let given = try #require(try await world.changes(.given).first { $0.remote == "address" })
            #expect(given.before == "Lima" && given.after == "Casa de Ana")

            let single = try await world.store.putBack([given.id], world.puttingBack)
            #expect(single.refusals == [.toldAnew: 1] && single.fields == 0)
            #expect(try await world.snapshot(contact, .name)[.name] == "Ana Ruiz")

            // A name that was taken whole takes no such row with it.
            _ = try await world.compare(contact, ["address": "Casa de Ana", "first": "Eva", "last": "Ruiz"])
            let all = try await world.store.putBack(contact, of: world.crm, world.puttingBack)
            #expect(all.fields == 1 && all.refusals == [.toldAnew: 1])
            #expect(try await world.snapshot(contact, .name)[.name] == "Ana Ruiz")
            let decided = "SELECT COUNT(*) AS n FROM sync_decision WHERE remote = 'address'"
            #expect(try await world.store.look(decided, as: Int.self) == 0)
        }
    }
}
