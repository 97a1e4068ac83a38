import Domain
import Testing

@testable import Store

@Suite struct LabelTests {
    @Test(arguments: TestDatabase.available)
    func `labels are listed by name with how many have them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP", .violet)
            let angry = try await world.makeLabel("  Ángry   customer ", .red)
            try await world.add(PersonSample(labels: [vip, angry]))
            try await world.add(PersonSample(labels: [vip]))

            let labels = try await world.store.labels(counting: true, in: world.workspace)

            #expect(labels.map(\.name) == ["Ángry customer", "VIP"])
            #expect(labels.map(\.color) == [.red, .violet])
            #expect(labels.map { $0.contacts?.value } == [1, 2])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two labels do not differ by capitals or accents alone`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            let cafe = try await world.makeLabel("Café")
            let tea = try await world.makeLabel("Té")
            await #expect(throws: PuenteError.labelTaken) { try await world.makeLabel("CAFE") }
            await #expect(throws: PuenteError.labelTaken) {
                try await store.changeLabel(tea, name: "cafe", color: .red, in: world.workspace, by: "Ana")
            }
            try await store.changeLabel(cafe, name: "CAFÉ", color: .pink, in: world.workspace, by: "Ana")

            let label = try await store.label(cafe, in: world.workspace)
            #expect(label?.name == "CAFÉ" && label?.color == .pink)
            await #expect(throws: PuenteError.noLabel) {
                try await store.changeLabel(
                    LabelID(rawValue: 1), name: "x", color: .red, in: world.workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a deleted label is off everybody, and an undo puts it back on exactly them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let other = try await world.makeLabel("Otra")
            for index in 0..<1203 {
                try await world.add(PersonSample(labels: index.isMultiple(of: 2) ? [vip, other] : [vip]))
            }
            let before = try await DatabaseImage.of(world.store)

            let change = try await world.store.startBulk(
                .deleteLabel(label: vip), on: .everybody, in: world.workspace,
                by: "Ana")
            let bulk = try await world.finish(change)

            #expect(bulk.change.state == .done)
            #expect(bulk.progress.changed == 1203 && bulk.progress.total == 1203)
            #expect(try await world.store.labels(in: world.workspace).map(\.name) == ["Otra"])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact_label", as: Int.self) == 602)

            let undone = try await world.store.undo(change, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a deleted label does not come back when another has its name now`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            try await world.add(PersonSample(labels: [vip]))
            let change = try await world.store.startBulk(
                .deleteLabel(label: vip), on: .everybody, in: world.workspace,
                by: "Ana")
            _ = try await world.finish(change)
            let second = try await world.makeLabel("vip")

            let undone = try await world.store.undo(change, in: world.workspace, by: "Ana")

            #expect(undone.undoneRows == 0 && undone.keptRows == 2)
            #expect(try await world.store.labels(counting: true, in: world.workspace).map(\.id) == [second])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact_label", as: Int.self) == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rename is not put back onto a name that another has now`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            let vip = try await world.makeLabel("VIP")
            try await store.changeLabel(vip, name: "Oro", color: .amber, in: world.workspace, by: "Ana")
            let rename = try #require(try await store.changes(in: world.workspace).items.first)
            _ = try await world.makeLabel("VIP")

            let undone = try await store.undo(rename.id, in: world.workspace, by: "Ana")

            #expect(undone.keptRows == 1)
            #expect(try await store.labels(in: world.workspace).map(\.name) == ["Oro", "VIP"])
        }
    }
}
