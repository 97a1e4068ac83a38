import Domain
import Testing

@testable import Store

/// Two of whom a person said that they are two.
@Suite struct ToldApartTests {
    private func contact(_ wamid: String, _ world: ConsoleWorld) async throws -> ContactID {
        try required(
            await world.store.look("SELECT contact_id FROM message WHERE wamid = :wamid", ["wamid": wamid]))
    }

    private func mergedInto(_ contact: ContactID, _ world: ConsoleWorld) async throws -> ContactID? {
        try await world.store.look(
            "SELECT merged_into FROM contact WHERE id = :id", ["id": contact], as: ContactID?.self) ?? nil
    }

    @Test(arguments: TestDatabase.available)
    func `they are not joined by way of a third`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (phone, user, parent) = ("34600000001", "ES.u1", "ES.ENT.t1")
            try await world.write("uno", wamid: "a", from: Participant(waID: phone))
            try await world.write("dos", wamid: "b", from: Participant(userID: user))
            try await world.write("tres", wamid: "c", from: Participant(parentUserID: parent))
            let (a, b, c) = (
                try await contact("a", world), try await contact("b", world), try await contact("c", world)
            )
            try await world.store.keepApart(a, c, by: "Ana", in: world.workspace)

            try await world.write(
                "todos", wamid: "d", from: Participant(waID: phone, userID: user, parentUserID: parent))

            #expect(try await mergedInto(b, world) == a)
            #expect(try await mergedInto(c, world) == nil)
            #expect(try await contact("d", world) == a)
            #expect(try await StoryPersons.faults(world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `it is said of whom they are today, and not of one person`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.world.write("Soy otra", wamid: "9", from: Participant(waID: "34600000003"))
            let third = try await contact("9", people.world)
            let merge = try await people.merge()
            await #expect(throws: PuenteError.mergedAlready) {
                try await people.store.keepApart(people.winner, people.loser, by: "Ana", in: people.workspace)
            }

            try await people.store.keepApart(people.loser, third, by: "Ana", in: people.workspace)

            let told = try await people.store.duplicates(.dismissed, in: people.workspace).items
            #expect(told.map { Set([$0.a.id, $0.b.id]) } == [[people.winner, third]])
            #expect(try await people.undo(merge).state == .undone)
        }
    }
}
