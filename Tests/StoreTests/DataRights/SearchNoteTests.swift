import Domain
import Testing

@testable import Store

@Suite struct `Who looked for which contacts` {
    private func listed(_ world: ConsoleWorld) async throws -> [AuditEntry] {
        try await world.store.audit(AuditQuery(kind: .seen, limit: 200), in: world.workspace).items
            .filter { $0.event == "contacts.listed" }
    }

    private func look(
        _ world: ConsoleWorld, _ query: String, by actor: String = "Ana", after pause: Duration = .milliseconds(10)
    ) async throws {
        world.clock.advance(by: pause)
        try await world.store.noteListed(["query": query, "label": ""], by: actor, in: world.workspace)
    }

    @Test(arguments: TestDatabase.available)
    func `is kept once an hour for each person and search`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for query in ["", "l", "lu", "lucia", "lucia", " lucia  "] { try await look(world, query) }
            try await look(world, "Lucia F", after: .seconds(20))
            try await look(world, "lucia", by: "Luis")
            let first = try await listed(world)
            #expect(first.reversed().map(\.query) == [nil, "lucia", "Lucia F", "lucia"])
            #expect(first.first?.actor == "Luis" && first.allSatisfy { $0.person == nil && !$0.isOfErased })

            world.clock.advance(by: .hours(1))
            try await look(world, "lucia")
            #expect(try await listed(world).count == 5)
            try await world.store.noteListed(["query": "lucia", "state": "blocked"], by: "Ana", in: world.workspace)
            // What was typed is no part of the trail.
            #expect(try await listed(world).first?.detail == #"{"state":"blocked","typed":"yes"}"#)
        }
    }

    /// A search box sends each pause; requests may overtake each other.
    @Test(arguments: TestDatabase.available)
    func `is one search while it is typed, whatever the order`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for query in ["luc", "lucí", "lucía fer", "lucia", "Lucía Fernández", "luc"] {
                try await look(world, query)
            }
            #expect(try await listed(world).map(\.query) == ["Lucía Fernández"])

            try await look(world, "lucía", by: "Luis")
            try await look(world, "carlos")
            try await look(world, "carlos vega", after: .seconds(16))
            #expect(
                try await listed(world).map(\.query) == ["carlos vega", "carlos", "lucía", "Lucía Fernández"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `is bounded, and says so`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            for number in 0..<(SearchNote.most + 20) { try await look(world, "\(number) search") }

            let all = try await world.store.database.read { [workspace = world.workspace] connection in
                try connection.value(
                    "SELECT COUNT(*) AS entries FROM trail WHERE workspace_id = :workspace_id AND event = :event",
                    ["workspace_id": workspace, "event": "contacts.listed"], as: Int.self)
            }
            #expect(all == SearchNote.most + 1)
            #expect(try await listed(world).first?.detail == #"{"more":"yes"}"#)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `says no more whom it was for once they are erased`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let lucia = try await world.makeLucia()
            let hers = [
                "lucía", "FERNANDEZ", "lucia puebla", "+52 1 55 1234 5678", "044 55 1234 5678", "12345678", "551",
                "044 55 123", "0055123", "00 52 55 1", "tel 1234",
            ]
            let others = ["carlos", "+52 33 9876 5432", "mariana", "0999 888", "12"]
            for query in hers + others { try await look(world, query, after: .seconds(20)) }
            let trail = try await world.store.audit(AuditQuery(kind: .seen, limit: 200), in: world.workspace).items

            let erasure = try await world.erase(lucia)

            let kept = try await listed(world)
            #expect(Set(kept.compactMap(\.query)) == ["carlos", "+52 33 9876 5432", "mariana", "0999 888"])
            #expect(kept.count { $0.isOfErased } == hers.count)
            // The trail itself stays as it was.
            #expect(kept.map(\.id) == trail.map(\.id) && kept.map(\.detail) == trail.map(\.detail))
            #expect(try #require(erasure.counts[.mentions]) >= hers.count)
            try await world.expectNothing(of: ["fernandez", "12345678"])
            // Whoever types on begins a search of their own.
            try await look(world, "tel 12345")
            #expect(try await listed(world).first?.query == "tel 12345")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `is told apart for several who are erased in one pass, and asked before each slice`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            for query in ["zoé", "omar", "abel", "zoe luna", "omar paz"] {
                try await look(world, query, after: .seconds(20))
            }
            let people = [("Zoe Luna", 1), ("Omar Paz", 2)].map { name, id in
                SoughtPerson(ErasureID(rawValue: Int64(id)), names: [name], identifiers: []) { _ in [] }
            }

            let isWhole = try await world.store.eraseSearches(for: people, in: world.workspace, slice: 2) { false }
            #expect(!isWhole)
            #expect(try await listed(world).compactMap(\.query).count == 5)
            #expect(try await world.store.eraseSearches(for: people, in: world.workspace, slice: 2))
            #expect(try await listed(world).compactMap(\.query) == ["abel"])
        }
    }

    @Test func `finds a number as it is written at home and abroad, whole or begun`() {
        func person(_ number: String, _ writings: String...) -> SoughtPerson {
            SoughtPerson(ErasureID(rawValue: 1), names: [], identifiers: [number]) { _ in writings }
        }
        let german = person("4915123456789", "01512 3456789")
        for query in ["015", "0151 234", "0049 1512", "+49 151", "151-23", "(0)1512345", "789", "0151 23456789 x"] {
            #expect(german.mayBeSought(by: query), "\(query)")
        }
        for query in ["01", "0160", "987", "49 30", "hola"] { #expect(!german.mayBeSought(by: query), "\(query)") }
        let russian = person("79123456789", "8 (912) 345-67-89")
        #expect(russian.mayBeSought(by: "8 912 3") && russian.mayBeSought(by: "0912 345"))
        #expect(!russian.mayBeSought(by: "8 913 3"))
    }
}
