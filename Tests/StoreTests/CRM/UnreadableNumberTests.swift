import Domain
import Testing

@testable import Store

@Suite struct `Numbers of a CRM that cannot be read` {
    private func adopt(
        _ world: ConsoleWorld, _ unreadable: [UnreadableNumber], name: String = "Lucía", at: Timestamp? = nil
    ) async throws {
        _ = try await world.store.adopt(
            RemoteIdentity(
                remoteID: "r1", contact: nil, phones: ["5215512345678"], userID: nil, email: nil, name: name,
                changedAt: at, unreadableNumbers: unreadable), connection: world.crm, in: world.workspace)
    }

    private func shown(_ world: ConsoleWorld) async throws -> [UnreadableNumber] {
        let id = try #require(await world.store.contacts(in: world.workspace).items.first).person.id
        return try #require(await world.store.contact(id, in: world.workspace)).remoteRefs.flatMap(\.unreadableNumbers)
    }

    private func counted(_ world: ConsoleWorld) async throws -> Int? {
        try await world.store.connections(in: world.workspace).first { $0.id == world.crm }?.unreadableNumbers.value
    }

    @Test(arguments: TestDatabase.available)
    func `stand with the link, are counted, and go once they can be read`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let short = UnreadableNumber("55 12", problem: "tooShort")

            try await adopt(world, [short])
            #expect(try await shown(world) == [short])
            #expect(try await counted(world) == 1)
            // Nothing else of the record is new.
            try await adopt(world, [short, UnreadableNumber("see note", problem: "notANumber")])
            #expect(try await shown(world).map(\.text) == ["55 12", "see note"])
            try await adopt(world, [])
            #expect(try await shown(world) == [])
            #expect(try await counted(world) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `are those that were said last, and not endless`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            let now = world.clock.now
            let long = UnreadableNumber(String(repeating: "9", count: 5000), problem: "tooLong")

            try await adopt(world, Array(repeating: long, count: 30), at: now)
            try await adopt(world, [UnreadableNumber("old", problem: "notANumber")], at: now - .hours(1))

            let kept = try await shown(world)
            #expect(kept.count == UnreadableNumber.most)
            #expect(kept.allSatisfy { $0.text.count == UnreadableNumber.longest })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `go with an erased person`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            try await adopt(world, [UnreadableNumber("55 12", problem: "tooShort")])
            let id = try #require(await world.store.contacts(in: world.workspace).items.first).person.id

            _ = try await world.store.erase(id, wish: .tell, by: "Ana", in: world.workspace)

            #expect(try await counted(world) == 0)
        }
    }
}
