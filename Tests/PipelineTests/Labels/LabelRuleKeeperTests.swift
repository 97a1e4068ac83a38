import Domain
import Store
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct LabelRuleKeeperTests {
    @Test func `whoever writes is labelled soon after, and the clock's lane does it`() async throws {
        try await MediaRig.with { rig in
            let rule = try await rig.world.makeRule("Con conversación", if: .activity(.open))

            try await rig.clockingRules {
                try await rig.world.hear(["wamid.1"])
                try await rig.until { try await rig.count("contact_label WHERE source = 'rule'") == 1 }
            }

            let summary = try #require(try await rig.world.store.labelRule(rule, in: rig.world.workspace))
            #expect(summary.contacts?.value == 1)
            let change = try #require(
                try await rig.world.store.changes(of: [.bulk], in: rig.world.workspace).items.first)
            #expect(change.actor == "Con conversación")
        }
    }

    @Test func `open pages hear of it`() async throws {
        try await PipelineWorld.with { world in
            _ = try await world.makeRule("Con conversación", if: .activity(.open))
            let changes = ChangeFeed()
            let news = changes.changes(in: world.workspace)
            try await world.hear(["wamid.1"])

            await world.keeper(changes: changes).run { true }

            var heard: Set<ChangeFeed.Change> = []
            for await change in news {
                heard.insert(change)
                if case .conversation = change { break }
            }
            #expect(heard.count == 1)
        }
    }

    @Test func `a person's word is respected, and what ends takes the label off`() async throws {
        try await PipelineWorld.with { world in
            let (store, workspace) = (world.store, world.workspace)
            let rule = try await world.makeRule("Con conversación", if: .activity(.open), takesOff: true)
            let keeper = world.keeper()
            try await world.hear(["wamid.1"])
            try await world.hear(["wamid.2"], from: "5215587654321")
            await keeper.run { true }
            let label = try #require(try await store.labelRule(rule, in: workspace)).rule.label
            let people = try await store.contacts(in: workspace).items.map(\.person.id)
            #expect(people.count == 2)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label") == 2)

            try await store.removeLabel(label, from: people[0], in: workspace, by: "Ana")
            try await world.hear(["wamid.3"])
            try await world.hear(["wamid.4"], from: "5215587654321")
            await keeper.run { true }
            await keeper.pass { true }
            #expect(
                try await world.count("SELECT contact_id AS n FROM contact_label") == Int(people[1].rawValue))

            for conversation in try await store.conversations(with: people[1], in: workspace) {
                try await store.database.write { connection in
                    try connection.execute(
                        "UPDATE conversation SET state = 'closed' WHERE workspace_id = :workspace_id AND id = :id",
                        ["workspace_id": workspace, "id": conversation.id])
                }
            }
            await keeper.run { true }
            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label") == 0)
        }
    }

    @Test func `whoever may not go on stops between two steps, and the next one goes on there`() async throws {
        try await PipelineWorld.with { world in
            let (store, workspace) = (world.store, world.workspace)
            try await store.database.write { connection in
                try connection.executeMany(
                    "INSERT INTO contact (id, workspace_id, created_at, updated_at) VALUES (:id, :workspace_id, 1, 1)",
                    (1...1100).map { ["id": $0, "workspace_id": workspace] })
            }
            _ = try await world.makeRule("Nunca escribió", if: .activity(.never))
            let steps = Counter()

            await world.keeper().pass { steps.next() <= 1 }
            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label") == 500)
            await world.keeper().pass { true }

            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label") == 1100)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM change WHERE kind = 'bulk'") == 1)
        }
    }

    @Test func `a workspace whose rules cannot be read holds up no other`() async throws {
        try await PipelineWorld.with { world in
            _ = try await world.makeRule("Con conversación", if: .activity(.open))
            try await world.store.database.write { connection in
                // Before the others in every order.
                try connection.execute(
                    """
                    INSERT INTO workspace (id, slug, name, region, language, created_at)
                    VALUES (1, 'a-broken-one', 'A', 'MX', 'es', 0)
                    """, [:])
                try connection.execute(
                    """
                    INSERT INTO label_rule
                        (id, workspace_id, name, folded, conditions, label_id, is_on, takes_off, created_at, updated_at)
                    VALUES (1, 1, 'x', 'x', 'no JSON', 1, 1, 0, 0, 0)
                    """, [:])
                try connection.execute("INSERT INTO label_rule_news (workspace_id, contact_id) VALUES (1, 1)", [:])
            }
            #expect(try await world.store.workspaces().count == 2)
            try await world.hear(["wamid.1"])

            await world.keeper().run { true }
            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label") == 1)
            try await world.store.database.write { _ = try $0.execute("DELETE FROM contact_label", [:]) }
            await world.keeper().pass { true }

            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label") == 1)
        }
    }

    @Test func `a workspace with much to do holds up no other`() async throws {
        try await PipelineWorld.with { world in
            let workspace = world.workspace
            _ = try await world.makeRule("Nunca escribió", if: .activity(.never))
            try await world.store.database.write { connection in
                try connection.execute(
                    """
                    INSERT INTO workspace (id, slug, name, region, language, created_at)
                    VALUES (1, 'a-large-one', 'A', 'MX', 'es', 0)
                    """, [:])
                let rule = try connection.row(
                    "SELECT conditions FROM label_rule WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
                try connection.execute(
                    "INSERT INTO label (id, workspace_id, name, folded, color, created_at) VALUES (1, 1, 'x', 'x', 'teal', 0)",
                    [:])
                try connection.execute(
                    """
                    INSERT INTO label_rule
                        (id, workspace_id, name, folded, conditions, label_id, is_on, takes_off, created_at, updated_at)
                    VALUES (1, 1, 'x', 'x', :conditions, 1, 1, 0, 0, 0)
                    """, ["conditions": try rule?.get("conditions", as: String.self)])
                let people =
                    (1...700).map { id -> SQLArguments in ["id": id, "workspace_id": 1] }
                    + [["id": 701, "workspace_id": workspace]]
                try connection.executeMany(
                    "INSERT INTO contact (id, workspace_id, created_at, updated_at) VALUES (:id, :workspace_id, 1, 1)",
                    people)
            }
            let steps = Counter()

            await world.keeper().run { steps.next() <= 2 }

            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label WHERE contact_id = 701") == 1)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM contact_label WHERE contact_id < 701") == 200)
        }
    }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

extension PipelineWorld {
    fileprivate func makeRule(
        _ name: String, if condition: SegmentCondition, takesOff: Bool = false
    ) async throws -> LabelRuleID {
        let label = try await store.createLabel("Etiqueta", color: .teal, in: workspace, by: "Ana")
        return try await store.createLabelRule(
            LabelRuleDraft(
                name: name, conditions: try SegmentConditions(.all, [.condition(condition)]), label: label,
                takesOff: takesOff), in: workspace, by: "Ana")
    }

    fileprivate func keeper(changes: ChangeFeed = ChangeFeed()) -> LabelRuleKeeper {
        LabelRuleKeeper(
            context: CourierContext(
                store: store, wakeBoard: wakeBoard, changes: changes,
                pauses: PauseBoard(store: store, logger: quiet), lease: LeaseClock(), logger: quiet, jitter: { 1 }))
    }

    fileprivate func hear(_ wamids: [String], from phone: String = "5215512345678") async throws {
        try await store.append([body(Self.webhook(wamids, from: phone))], node: 1)
        _ = try await interpreter().interpretSome()
    }
}

extension MediaRig {
    /// Works the clock's lane for the length of `body`.
    fileprivate func clockingRules(_ body: () async throws -> Void) async throws {
        let context = makeContext()
        let clock = Clockwork(
            context: context, settings: Clockwork.Settings(),
            templates: TemplateRefresh(context: context, client: client),
            numbers: NumberRefresh(context: context, client: client),
            cleaning: MediaCleaning(store: world.store, folder: folder, logger: quiet),
            rights: DataRightsWork(store: world.store, folder: folder, logger: quiet),
            orphans: OrphanedPushes(store: world.store, logger: quiet) { _ in throw CancellationError() })
        try await working(clock, on: .clock, body)
    }
}
