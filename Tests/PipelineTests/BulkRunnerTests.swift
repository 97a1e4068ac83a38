import Domain
import Store
import Testing

@testable import Pipeline

@Suite struct BulkRunnerTests {
    @Test func `bulk actions that were begun are carried on to their end, also when one cannot go on`() async throws {
        try await PipelineWorld.with { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await store.createLabel("VIP", color: .teal, in: workspace, by: "Ana")
            let gone = try await store.createLabel("Otra", color: .red, in: workspace, by: "Ana")
            for _ in 0..<620 { try await world.addContact() }
            let hopeless = try await store.startBulk(
                .addLabel(label: gone), on: .everybody, in: workspace, by: "Ana")
            let deletion = try await store.startBulk(
                .deleteLabel(label: gone), on: .everybody, in: workspace, by: "Ana")
            _ = try await store.advanceBulk(deletion, in: workspace)
            let change = try await store.startBulk(.addLabel(label: vip), on: .everybody, in: workspace, by: "Ana")

            await BulkRunner(store: store, logger: quiet).carryOn()

            #expect(try await store.bulk(hopeless, in: workspace)?.progress.failure != nil)
            let bulk = try #require(try await store.bulk(change, in: workspace))
            #expect(bulk.change.state == .done && bulk.progress.changed == 620)
            #expect(try await store.openBulks().isEmpty)
        }
    }
}

extension PipelineWorld {
    fileprivate func addContact() async throws {
        let (workspace, id) = (workspace, store.ids.next(ContactRow.self))
        try await store.database.write { connection in
            try connection.execute(
                "INSERT INTO contact (id, workspace_id, created_at, updated_at) VALUES (:id, :workspace_id, 1, 1)",
                ["id": id, "workspace_id": workspace])
        }
    }
}
