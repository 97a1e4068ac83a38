import Domain
import Testing

@testable import Store

/// Two contacts become one while a colleague, an import's row, a webhook and the person's own word are written for the one
/// that goes. On PostgreSQL these are transactions that really run at once.
@Suite(.timeLimit(.minutes(5))) struct ConcurrentMergeTests {
    private static let rounds = 12

    @Test(arguments: TestDatabase.available)
    func `nothing that is written for a contact while it is merged is lost`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let label = try await world.makeLabel("VIP")
            for round in 0..<Self.rounds { try await merge(world, label, round: round) }
        }
    }

    private func merge(_ world: ConsoleWorld, _ label: LabelID, round: Int) async throws {
        let (store, workspace, now) = (world.store, world.workspace, world.clock.now)
        let writer = Participant(waID: "3460010\(1000 + round)", profileName: "Lucía")
        try await world.write("Hola", wamid: "a\(round)", from: writer)
        let loser: ContactID = try #require(
            await store.look("SELECT contact_id FROM message WHERE wamid = :wamid", ["wamid": "a\(round)"]))
        let winner = try await world.add(PersonSample(name: "Lucía F.", phones: ["3460020\(1000 + round)"]))
        let withdrawal = ConsentEntryDraft(
            contact: loser, purpose: .marketing, change: .withdrawn, source: .staff, words: "No quiere", at: now,
            actor: "Ana")

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await store.merge(loser, into: winner, by: "Ana", in: workspace) }
            group.addTask { _ = try await store.addLabel(label, to: loser, in: workspace, by: "Berta") }
            group.addTask { _ = try await store.recordConsent(withdrawal, in: workspace) }
            group.addTask { try await world.write("¿Sigue ahí?", wamid: "b\(round)", from: writer) }
            try await group.waitForAll()
        }

        let labels = try await store.look(
            "SELECT COUNT(*) AS n FROM contact_label WHERE contact_id = :contact", ["contact": winner], as: Int.self)
        #expect(labels == 1, "round \(round)")
        let messages = try await store.look(
            "SELECT COUNT(*) AS n FROM message WHERE contact_id = :contact", ["contact": winner], as: Int.self)
        #expect(messages == 2, "round \(round)")
        let standing = try await store.look(
            "SELECT standing FROM consent WHERE contact_id = :contact AND purpose = 'marketing'",
            ["contact": winner], as: String.self)
        #expect(standing == "withdrawn", "round \(round)")
        let left = try await store.look(
            "SELECT COUNT(*) AS n FROM handle WHERE contact_id = :contact AND valid_to IS NULL",
            ["contact": loser], as: Int.self)
        #expect(left == 0, "round \(round)")
    }
}
