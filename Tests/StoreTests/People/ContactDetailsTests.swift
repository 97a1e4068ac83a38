import Domain
import Testing

@testable import Store

@Suite struct ContactDetailsTests {
    @Test(arguments: TestDatabase.available)
    func `labels, fields and states of a contact are set, read and put back one by one`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let contact = try await world.add(PersonSample(name: "Lucía"))
            let vip = try await world.makeLabel("VIP")
            let weight = try await world.makeField("Peso", .number)
            let before = try await DatabaseImage.of(store)

            let labelled = try #require(try await store.addLabel(vip, to: contact, in: workspace, by: "Ana"))
            let noted = try #require(
                try await store.setField(
                    weight, of: contact, to: "1,234.5", habits: ConsoleWorld.habits, in: workspace, by: "Ana"))
            let blocked = try #require(
                try await store.setState(
                    .blocked, of: contact, reason: " No  más ", in: workspace, by: "Ana"))

            let details = try #require(try await store.details(of: contact, in: workspace))
            #expect(details.labels.map(\.name) == ["VIP"])
            #expect(details.fields.map(\.value) == ["1234.5"])
            #expect(details.states.map(\.state) == [.blocked])
            #expect(details.states.first?.reason == "No más")

            for change in [blocked, noted, labelled] { _ = try await store.undo(change, in: workspace, by: "Ana") }
            #expect(try await DatabaseImage.of(store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what changes nothing leaves no change`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let weight = try await world.makeField("Peso", .number)
            let contact = try await world.add(PersonSample(labels: [vip]))
            let habits = ConsoleWorld.habits
            _ = try await store.setField(weight, of: contact, to: "5", habits: habits, in: workspace, by: "Ana")
            let changes = try await store.changes(in: workspace).items.count

            #expect(try await store.addLabel(vip, to: contact, in: workspace, by: "Ana") == nil)
            #expect(
                try await store.setField(weight, of: contact, to: "5.0", habits: habits, in: workspace, by: "Ana")
                    == nil)
            #expect(try await store.clearState(.complaint, of: contact, in: workspace, by: "Ana") == nil)
            #expect(try await store.changes(in: workspace).items.count == changes)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a label that has no name yet is made when it is put on`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let contact = try await world.add(PersonSample())
            let vip = try await world.makeLabel("VIP", .violet)

            try await store.addLabel(named: "vip", color: .gray, to: contact, in: workspace, by: "Ana")
            try await store.addLabel(named: "Nueva", color: .gray, to: contact, in: workspace, by: "Ana")

            let labels = try #require(try await store.details(of: contact, in: workspace)).labels
            #expect(labels.map(\.name) == ["Nueva", "VIP"])
            #expect(labels.last?.id == vip)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whoever was merged shows the one that lives, and takes what is noted there`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let living = try await world.add(PersonSample(name: "Ana"))
            let merged = try await world.add(PersonSample(name: "Ana R."))
            try await store.database.write { connection in
                try connection.execute(
                    "UPDATE contact SET merged_into = :living WHERE workspace_id = :workspace_id AND id = :id",
                    ["living": living, "workspace_id": workspace, "id": merged])
            }

            try await store.addLabel(vip, to: merged, in: workspace, by: "Ana")

            #expect(try await store.details(of: merged, in: workspace)?.contact == living)
            #expect(try await store.details(of: living, in: workspace)?.labels.map(\.id) == [vip])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nothing is noted of nobody, nor across workspaces`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let contact = try await world.add(PersonSample())
            let stranger = WorkspaceID(rawValue: 99)
            await #expect(throws: PuenteError.noContact) {
                try await store.addLabel(vip, to: ContactID(rawValue: 1), in: workspace, by: "Ana")
            }
            await #expect(throws: PuenteError.noLabel) {
                try await store.addLabel(vip, to: contact, in: stranger, by: "Ana")
            }
            #expect(try await store.details(of: contact, in: stranger) == nil)
            #expect(try await store.labels(in: stranger).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was noted of somebody who is gone is not put back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let contact = try await world.add(PersonSample(labels: [vip]))
            let change = try #require(try await store.removeLabel(vip, from: contact, in: workspace, by: "Ana"))
            try await store.database.write { connection in
                try connection.execute(
                    "DELETE FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": contact])
            }

            #expect(try await store.undo(change, in: workspace, by: "Ana").keptRows == 1)
            #expect(try await store.look("SELECT COUNT(*) AS n FROM contact_label", as: Int.self) == 0)
        }
    }
}
