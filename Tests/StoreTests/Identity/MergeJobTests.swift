import Domain
import Testing

@testable import Store

/// Sends and CRM jobs of people who are merged: in one order, to the right number, none twice and none lost.
@Suite struct MergeJobTests {
    private func answer(_ text: String, _ people: MergeWorld, to contact: ContactID) async throws -> AcceptedMessage {
        try await people.store.accept(
            MessageCommand(
                workspace: people.workspace, target: .contact(contact, from: people.world.number),
                content: .text(TextContent(body: text)), author: .staff(people.world.hire("ana"), name: "Ana")))
    }

    private func recipients(_ people: MergeWorld) async throws -> [Recipient] {
        let grip = try people.world.grip(.number(people.world.number))
        return try await people.store.claimSends(grip, limit: 100).compactMap { job in
            if case .permitted(_, let recipient) = job.state { recipient } else { nil }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what waits goes to the number it was written to, after the merge and after its undo`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let ana = try await people.world.hire("ana")
            for (contact, text) in [(people.winner, "Al uno"), (people.loser, "Al dos")] {
                _ = try await people.store.accept(
                    MessageCommand(
                        workspace: people.workspace, target: .contact(contact, from: people.world.number),
                        content: .text(TextContent(body: text)), author: .staff(ana, name: "Ana")))
            }
            let merge = try await people.merge()
            #expect(try await StoryPersons.faults(people.world) == [])
            // One person: one after the other.
            #expect(try await recipients(people) == [.phone("34600000001")])
            try await people.undo(merge)
            #expect(try await StoryPersons.faults(people.world) == [])
            #expect(try await recipients(people) == [.phone("34600000002")])
            #expect(try await people.look("SELECT COUNT(*) AS n FROM job WHERE kind = 'whatsapp.send'") == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an answer goes to the account that wrote last`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.merge()
            let ana = try await people.world.hire("ana")
            func answer(_ text: String) async throws -> Recipient? {
                let open = try await people.world.onlyConversation()
                _ = try await people.world.answer(text, in: open.id, by: ana)
                let sent = try await recipients(people).first
                try await people.store.database.write { connection in
                    try connection.execute("UPDATE job SET state = 'completed' WHERE kind = 'whatsapp.send'")
                }
                return sent
            }
            #expect(try await answer("Buenas") == .phone("34600000002"))
            try await people.world.write("Ahora desde el uno", wamid: "4", from: MergeWorld.first)
            #expect(try await answer("¿Sí?") == .phone("34600000001"))
            try await people.world.write("Y desde el dos", wamid: "5", from: Participant(userID: "ES.u2"))
            #expect(try await answer("Claro") == .phone("34600000002"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a message to an address goes there, whatever account wrote last`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.merge()
            let grip = try people.world.grip(.number(people.world.number))
            let error = await #expect(throws: PuenteError.self) {
                try await people.store.accept(
                    MessageCommand(
                        workspace: people.workspace,
                        target: .address(.phone("34600000001"), from: people.world.number),
                        content: .text(TextContent(body: "Hola")), author: .api(key: "ops")))
            }
            // The window is the other account's.
            #expect(error?.detail == SendRefusal.windowClosed.rawValue)
            let toLast = try await people.store.accept(
                MessageCommand(
                    workspace: people.workspace, target: .address(.phone("34600000002"), from: people.world.number),
                    content: .text(TextContent(body: "Hola")), author: .api(key: "ops")))
            #expect(toLast.contact == people.winner)
            #expect(try await people.store.claimSends(grip, limit: 10).count == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an old contact's id finds who it is today`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.merge()
            let accepted = try await answer("Hola", people, to: people.loser)
            #expect(accepted.contact == people.winner)
            let query = ConversationQuery(contact: people.loser)
            #expect(try await people.world.conversations(query).map(\.person.id) == [people.winner])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `activities of both are recorded once, with the one record`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.merge()
            try await people.world.recordAll()
            let states = try await people.texts("SELECT state AS text FROM activity ORDER BY message_id")
            #expect(states == ["recorded", "recorded", "recorded"])
            #expect(try await people.store.recount(in: people.workspace).differences.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a record that was made while its contact was merged is the winner's`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.store.unlink(remoteID: "r2", connection: people.world.crm, in: people.workspace)
            try await people.merge()
            try await people.store.link(
                [(people.loser, "r7")], grip: people.world.grip(.connection(people.world.crm)))
            #expect(try await people.look("SELECT local_id FROM remote_ref WHERE remote_id = 'r7'") == people.winner)
        }
    }
}
