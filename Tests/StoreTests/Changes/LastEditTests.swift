import Domain
import Testing

@testable import Store

@Suite struct LastEditTests {
    @Test(arguments: TestDatabase.available)
    func `who changed something last is known by its own changes alone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let label = try await store.createLabel("VIP", color: .teal, in: workspace, by: "Ana")
            let other = try await store.createLabel("Mayoreo", color: .red, in: workspace, by: "Luis")
            world.clock.advance(by: .seconds(1))
            try await store.changeLabel(label, name: "Oro", color: .amber, in: workspace, by: "Eva")
            let at = world.clock.now
            world.clock.advance(by: .seconds(1))
            try await store.changeLabel(other, name: "Menudeo", color: .red, in: workspace, by: "Luis")
            let field = try await store.createField(
                FieldDraft(name: "Nivel", kind: .text, choices: []), in: workspace, by: "Pía")

            let edit = try await store.lastEdit(of: .label(label), in: workspace)
            #expect(edit?.actor == "Eva" && edit?.at == at)
            #expect(try await store.lastEdit(of: .label(other), in: workspace)?.actor == "Luis")
            #expect(try await store.lastEdit(of: .field(field), in: workspace)?.actor == "Pía")
            // An id of one kind is none of another's.
            #expect(
                try await store.lastEdit(of: .segment(SegmentID(rawValue: label.rawValue)), in: workspace) == nil)
            #expect(
                try await store.lastEdit(of: .label(label), in: WorkspaceID(rawValue: workspace.rawValue + 1)) == nil)
        }
    }
}
