import Domain
import Store
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct ContactKeeperTests {
    /// Runs it for the length of the body.
    private func keeping(_ world: PipelineWorld, _ body: () async throws -> Void) async throws {
        var pace = ContactKeeper.Pace()
        pace.look = .milliseconds(20)
        pace.patience = .milliseconds(50)
        let keeper = ContactKeeper(store: world.store, logger: quiet, pace: pace)
        let task = Task { try await keeper.run() }
        defer { task.cancel() }
        try await body()
        task.cancel()
        try await task.value
    }

    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
    }

    private func somebody(_ world: PipelineWorld) async throws -> ContactID {
        try await world.store.append([world.body(PipelineWorld.webhook(["wamid.1"]))], node: 1)
        while try await world.interpreter().interpretSome() > 0 {}
        return try #require(try await world.store.contacts(in: world.workspace).items.first).person.id
    }

    @Test func `the index is brought up to date with whoever came or changed`() async throws {
        try await PipelineWorld.with { world in
            _ = try await somebody(world)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_search_due") > 0)

            try await keeping(world) {
                try await until { try await world.count("SELECT COUNT(*) AS n FROM contact_search_due") == 0 }
            }

            #expect(try await world.store.contacts(search: "lucia", in: world.workspace).items.count == 1)
        }
    }

    @Test func `contacts from before they were searched by their present texts get them`() async throws {
        try await PipelineWorld.with { world in
            let lucia = try await somebody(world)
            try await world.store.database.write { connection in
                try connection.execute("UPDATE contact SET search_text = '' WHERE id = :id", ["id": lucia])
                try connection.execute("DELETE FROM installation WHERE name = 'search_texts'", [:])
            }

            try await keeping(world) { try await until { try await world.store.areSearchTextsWritten() } }

            let text = try await world.store.database.read { connection in
                try connection.value("SELECT search_text FROM contact", [:], as: String.self)
            }
            #expect(text?.contains("lucia") == true)
        }
    }

    @Test func `of several undos each has its turn, and a shutdown waits for none of them`() async throws {
        try await PipelineWorld.with { world in
            let lucia = try await somebody(world)
            var changes: [ChangeID] = []
            for name in ["A", "B", "C"] {
                let label = try await world.store.createLabel(name, color: .gray, in: world.workspace, by: "Ana")
                changes.append(
                    try #require(
                        try await world.store.addLabel(label, to: lucia, in: world.workspace, by: "Ana")))
            }
            for change in changes { try await world.store.beginUndo(change, in: world.workspace, by: "Ana") }

            try await keeping(world) {
                try await until { try await world.store.interruptedUndos().isEmpty }
            }

            for change in changes {
                #expect(try await world.store.change(change, in: world.workspace)?.state == .undone)
            }
        }
    }

    @Test func `a change whose undoing was interrupted is put back to its end`() async throws {
        try await PipelineWorld.with { world in
            let lucia = try await somebody(world)
            let outcome = try await world.store.editContact(
                lucia, ContactEdit(name: "Lucía Gómez"), by: "Ana", in: world.workspace)
            guard case .saved(let edited, _, _) = outcome else { throw PuenteError.noPerson }
            #expect(try await world.store.contacts(in: world.workspace).items.first?.person.name == "Lucía Gómez")
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE change SET state = 'undoing', undone_by = 'Ana' WHERE id = :id", ["id": edited])
            }

            try await keeping(world) {
                try await until { try await world.store.change(edited, in: world.workspace)?.state == .undone }
            }

            #expect(try await world.store.contacts(in: world.workspace).items.first?.person.name == "")
        }
    }
}
