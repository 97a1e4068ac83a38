import Domain
import Testing

@testable import Store

/// People win over rules, and what rules do stands in the history and goes back.
@Suite struct LabelRulePeopleTests {
    /// A rule that labels whoever is blocked, and one contact whom it has labelled.
    private struct Scene {
        let world: ConsoleWorld
        let vip: LabelID
        let rule: LabelRuleID
        let ana: ContactID

        init(_ world: ConsoleWorld) async throws {
            self.world = world
            vip = try await world.makeLabel("VIP")
            rule = try await world.makeRule("Bloqueados", vip, if: .state(.blocked, isSo: true), takesOff: true)
            ana = try await world.add(PersonSample(name: "Ana", states: [.blocked]))
            try await world.pass()
            try await world.hearNews()
        }

        func block(_ isBlocked: Bool) async throws {
            if isBlocked {
                try await world.store.setState(.blocked, of: ana, reason: "", in: world.workspace, by: "Ana")
            } else {
                try await world.store.clearState(.blocked, of: ana, in: world.workspace, by: "Ana")
            }
            try await world.hearNews()
        }

        func askEverybody() async throws {
            world.clock.advance(by: .hours(7))
            #expect(try await world.pass() != nil)
            try await world.hearNews()
        }

        /// The rule's.
        var newest: ChangeSummary {
            get async throws {
                try required(try await world.store.changes(of: [.bulk], in: world.workspace).items.first)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what somebody took off by hand the rule leaves off, whatever happens`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            let before = try await DatabaseImage.of(world.store)

            let removal = try #require(
                try await world.store.removeLabel(scene.vip, from: scene.ana, in: world.workspace, by: "Eva"))
            try await world.hearNews()
            try await scene.askEverybody()
            try await scene.block(false)
            try await scene.block(true)
            try await world.change(scene.rule) { $0.name = "De otro nombre" }
            try await scene.askEverybody()

            #expect(try await world.labels(scene.ana).isEmpty)
            // The person thinks again: then it is the rule's once more.
            try await world.change(scene.rule) { $0.name = "Bloqueados" }
            try await world.store.undo(removal, in: world.workspace, by: "Eva")
            let differences = try await DatabaseImage.of(world.store, leaving: ["label_rule", "contact_state"])
                .differences(from: try before.without(["label_rule", "contact_state"]))
            #expect(differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `many at once are taken off by hand just so, and a rule that comes later may put it on`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            let eva = try await world.add(PersonSample(states: [.blocked], conversation: .init()))
            try await world.hearNews()

            let bulk = try await world.store.startBulk(
                .removeLabel(label: scene.vip), on: .everybody, in: world.workspace, by: "Ana")
            #expect(try await world.finish(bulk).progress.changed == 2)
            try await scene.askEverybody()
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label") == 0)
            _ = try await world.makeRule("Con conversación", scene.vip, if: .activity(.open))
            try await world.pass()

            #expect(try await world.labels(scene.ana).isEmpty)
            #expect(try await world.labels(eva) == ["VIP": "Con conversación"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is put on by hand no rule takes off`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            let eva = try await world.add(PersonSample(labels: [scene.vip], states: [.blocked]))
            try await world.hearNews()
            #expect(try await world.labels(eva) == ["VIP": ""])
            // Somebody says of a label that the rule put on: yes, this one.
            try await world.store.addLabel(scene.vip, to: scene.ana, in: world.workspace, by: "Eva")
            #expect(try await world.labels(scene.ana) == ["VIP": ""])

            try await scene.block(false)
            try await world.store.clearState(.blocked, of: eva, in: world.workspace, by: "Ana")
            try await world.hearNews()

            #expect(try await world.labels(scene.ana) == ["VIP": ""])
            #expect(try await world.labels(eva) == ["VIP": ""])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the history names the rule, and many are one change that goes back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            var people: [ContactID] = []
            for _ in 0..<1100 { people.append(try await world.add(PersonSample())) }
            let before = try await world.carried()
            let rule = try await world.makeRule("Nunca escribió", vip, if: .activity(.never))
            #expect(try await world.pass() == 1100)
            try await world.hearNews()

            let change = try #require(try await world.store.changes(of: [.bulk], in: world.workspace).items.first)
            let bulk = try #require(try await world.store.bulk(change.id, in: world.workspace))
            let entry = try #require(
                try await world.store.history(of: people[0], in: world.workspace).items.first)

            #expect(change.actor == "Nunca escribió" && change.state == .done && change.rows == 1100)
            #expect(change.title.es == "Regla de etiqueta «Nunca escribió» aplicada")
            #expect(bulk.progress.changed == 1100 && bulk.progress.total == 1100)
            #expect(entry.change.id == change.id && entry.facts == [.label(name: "VIP", isAdded: true)])
            #expect(try await world.store.openBulks().isEmpty)

            let undone = try await world.store.undo(change.id, in: world.workspace, by: "Eva")
            #expect(undone.undoneRows == 1100 && undone.keptRows == 0)
            #expect(try await world.carried() == before)
            // That was somebody's word against the rule's.
            try await world.change(rule) { $0.takesOff = true }
            #expect(try await world.pass() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what a rule took off and somebody puts back is theirs`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            // What a rule does within a minute stands under one change.
            world.clock.advance(by: .minutes(2))
            try await scene.block(false)
            #expect(try await world.labels(scene.ana).isEmpty)

            try await world.store.undo(try await scene.newest.id, in: world.workspace, by: "Eva")
            try await scene.askEverybody()

            #expect(try await world.labels(scene.ana) == ["VIP": ""])
            #expect(
                try await world.look(
                    "SELECT COUNT(*) AS n FROM contact_label WHERE actor = 'Eva' AND source = 'person' AND rule_id IS NULL"
                )
                    == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one row of the history goes back, and the rule leaves it so`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            let entry = try #require(
                try await world.store.history(of: scene.ana, in: world.workspace).items.first)
            #expect(entry.canBePutBack)

            _ = try await world.store.putBack(
                entry.position, of: entry.change.id, for: scene.ana, by: "Eva", in: world.workspace)
            try await scene.askEverybody()

            #expect(try await world.labels(scene.ana).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who is merged keeps what a person said of either, and an undo parts it again`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            let eva = try await world.add(PersonSample(name: "Eva", labels: [scene.vip]))
            let leo = try await world.add(PersonSample(name: "Leo", states: [.blocked]))
            try await world.hearNews()
            try await world.store.removeLabel(scene.vip, from: leo, in: world.workspace, by: "Ana")
            try await world.hearNews()
            let before = try await DatabaseImage.of(world.store, leaving: Self.mergeLeaves)

            let first = try await world.store.merge(eva, into: scene.ana, by: "Ana", in: world.workspace)
            let second = try await world.store.merge(leo, into: scene.ana, by: "Ana", in: world.workspace)
            try await scene.askEverybody()

            #expect(try await world.labels(scene.ana) == ["VIP": ""])
            #expect(
                try await world.look(
                    "SELECT COUNT(*) AS n FROM label_rule_exemption WHERE contact_id = \(scene.ana.rawValue)") == 1)
            try await world.store.undo(second.change, in: world.workspace, by: "Ana")
            try await world.store.undo(first.change, in: world.workspace, by: "Ana")
            #expect(
                try await DatabaseImage.of(world.store, leaving: Self.mergeLeaves).differences(from: before) == [])
        }
    }

    /// What a merge and its undo count anew.
    private static let mergeLeaves: Set<String> = ["contact", "duplicate", "conversation", "handle"]

    @Test(arguments: TestDatabase.available)
    func `an import's label is no rule's, and an import of people whom a rule labelled goes back`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Todos", vip, if: .activity(.never))
            let list = try await world.bring([
                .person(2, "34600000001", name: "Ana") { $0.labels = ["Lista"] }, .person(3, "34600000002"),
            ])
            try await world.hearNews()
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label WHERE source = 'import'") == 1)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label WHERE source = 'rule'") == 2)

            let undone = try await world.store.undo(try required(list.changeID), in: world.workspace, by: "Ana")

            #expect(undone.keptRows == 0)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact") == 0)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a label that an import names is the list's, though a rule had put it on, until the import is undone`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let rule = try await world.makeRule("Con nombre", vip, if: .name(.filled), takesOff: true)
            _ = try await world.bring([.person(2, "34600000001", name: "Ana"), .person(3, "34600000002", name: "Eva")])
            try await world.hearNews()
            let before = try await world.carried()
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label WHERE source = 'rule'") == 2)

            let list = try await world.bring([
                .person(2, "34600000001") { $0.labels = ["vip", "VIP"] },
                .person(3, "34600000001") { $0.labels = ["VIP"] },
            ])
            #expect(
                try await world.look(
                    "SELECT COUNT(*) AS n FROM contact_label WHERE source = 'import' AND rule_id IS NULL") == 1)
            let undone = try await world.store.undo(try required(list.changeID), in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await world.carried() == before)

            try await world.bring([.person(2, "34600000001") { $0.labels = ["VIP"] }])
            try await world.change(rule) { $0.conditions = .nobody }
            try await world.pass()

            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label") == 1)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label WHERE source = 'import'") == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a person's copy says which rule labelled them, and an erasure leaves nothing`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let scene = try await Scene(world)
            let other = try await world.makeLabel("Otra")
            _ = try await world.makeRule("Con nombre", other, if: .name(.filled))
            try await world.pass()
            try await world.store.removeLabel(other, from: scene.ana, in: world.workspace, by: "Eva")

            let record = try #require(try await world.store.personRecord(of: scene.ana, in: world.workspace))
            #expect(record.labels.map(\.source) == ["rule"] && record.labels.map(\.addedBy) == ["Bloqueados"])
            #expect(record.ruleExemptions.map(\.rule) == ["Con nombre"])
            try await world.erase(scene.ana, isTold: false)
            try await world.hearNews()

            let ana = scene.ana.rawValue
            for table in ["contact_label", "label_rule_exemption", "label_rule_news"] {
                #expect(try await world.look("SELECT COUNT(*) AS n FROM \(table) WHERE contact_id = \(ana)") == 0)
            }
        }
    }
}

extension DatabaseImage {
    func without(_ names: Set<String>) throws -> DatabaseImage {
        DatabaseImage(tables: tables.filter { !names.contains($0.key) })
    }
}
