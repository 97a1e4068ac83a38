import Domain
import Testing

@testable import Store

@Suite struct `Who looked for which contacts` {
    private func listed(_ world: ConsoleWorld) async throws -> [AuditEntry] {
        try await world.store.audit(AuditQuery(kind: .seen, limit: 200), in: world.workspace).items
            .filter { $0.event == "contacts.listed" }
    }

    private func look(_ world: ConsoleWorld, _ query: String, by actor: String = "Ana") async throws {
        world.clock.advance(by: .milliseconds(10))
        try await world.store.noteListed(["query": query, "label": ""], by: actor, in: world.workspace)
    }

    @Test(arguments: TestDatabase.available)
    func `is kept once an hour for each person and search`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for query in ["", "l", "lu", "lucia", "lucia", " lucia  ", "Lucia F"] { try await look(world, query) }
            try await look(world, "lucia", by: "Luis")
            let first = try await listed(world)
            #expect(first.reversed().map(\.query) == [nil, "lucia", "Lucia F", "lucia"])
            #expect(first.first?.actor == "Luis" && first.allSatisfy { $0.person == nil })

            world.clock.advance(by: .hours(1))
            try await look(world, "lucia")
            #expect(try await listed(world).count == 5)
            try await world.store.noteListed(["query": "lucia", "state": "blocked"], by: "Ana", in: world.workspace)
            #expect(try await listed(world).first?.detail == #"{"query":"lucia","state":"blocked"}"#)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `is bounded, and says so`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for number in 0..<(Store.mostSearchesNoted + 20) { try await look(world, "search \(number)") }

            let all = try await world.store.database.read { [workspace = world.workspace] connection in
                try connection.value(
                    "SELECT COUNT(*) AS entries FROM trail WHERE workspace_id = :workspace_id AND event = :event",
                    ["workspace_id": workspace, "event": "contacts.listed"], as: Int.self)
            }
            #expect(all == Store.mostSearchesNoted + 1)
            #expect(try await listed(world).first?.detail == #"{"more":"yes"}"#)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `says no more whom it was for once they are erased`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let hers = ["lucía", "FERNANDEZ", "lucia puebla", "+52 1 55 1234 5678", "044 55 1234 5678", "12345678"]
            let others = ["carlos", "+52 33 9876 5432", "mariana"]
            for query in hers + others { try await look(world, query) }

            try await world.erase(lucia)

            let kept = try await listed(world)
            #expect(kept.compactMap(\.query).sorted() == others.sorted())
            #expect(kept.count { $0.isOfErased } == hers.count)
            try await world.expectNothing(of: ["fernandez", "12345678"])
        }
    }
}
