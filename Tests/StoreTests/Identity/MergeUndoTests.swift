import Domain
import Testing

@testable import Store

/// Where what came since a merge is found after its undo, and what a merge hands over.
@Suite struct MergeUndoTests {
    private func conversation(of contact: ContactID, _ people: MergeWorld) async throws -> ConversationSummary {
        try required(await people.world.conversations(ConversationQuery(contact: contact)).first)
    }

    @Test(arguments: TestDatabase.available)
    func `what waits for an answer goes into an open conversation, though the former one is closed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let former = try await conversation(of: people.loser, people)
            _ = try await people.store.close(
                former.id, in: people.workspace, expecting: .version(former.ownerVersion), by: "Ana")
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))
            try await people.world.write("¿Me ayudan?", wamid: "5", from: MergeWorld.second)

            try await people.undo(merge)

            let open = try await conversation(of: people.loser, people)
            #expect(!open.isClosed && open.id != former.id && open.preview == "¿Me ayudan?")
            #expect(open.unread == 1 && open.waitingSince != nil)
            let other = try await conversation(of: people.winner, people)
            #expect(other.preview == "Hola" && other.unread == 1)
            #expect(try await StoryPersons.faults(people.world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who waits in the queue for a person is not left to automation`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            let newer = try await conversation(of: people.loser, people)
            _ = try await people.store.setOwner(
                .automation, of: newer.id, in: people.workspace, expecting: .version(newer.ownerVersion), by: "Ana")

            let merge = try await people.merge()
            #expect(try await people.world.onlyConversation().owner == .queue)

            try await people.undo(merge)
            #expect(try await conversation(of: people.loser, people).owner == .automation)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that is put back among the changes says whose conversations changed hands, too`(
        engine: TestDatabase
    ) async throws {
        try await engine.withMergeWorld { people in
            let merge = try await people.merge()
            people.world.clock.advance(by: .minutes(1))

            let undone = try await people.store.startUndoTelling(merge.change, in: people.workspace, by: "Ana")

            #expect(undone.change.state == .undone)
            #expect(undone.report.conversations[people.workspace]?.count == 2)
            #expect(undone.report.lanes.contains(.connection(people.world.crm)))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one record that both share is no two records to merge in the CRM`(engine: TestDatabase) async throws {
        try await engine.withMergeWorld { people in
            try await people.store.link(
                [(people.winner, "r2")], grip: people.world.grip(.connection(people.world.crm)))
            let preview = try required(
                await people.store.mergePreview(of: people.loser, into: people.winner, in: people.workspace))
            #expect(preview.winner.records.count == 1 && preview.conflictingCRMs == [])
        }
    }
}
