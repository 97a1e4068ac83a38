import Domain
import Testing

@testable import Store

/// What rules do with contacts, as the keeper asks for it.
@Suite struct LabelRuleKeepingTests {
    @Test(arguments: TestDatabase.available)
    func `everybody is asked when a rule is made, and who changes afterwards is heard of`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let points = try await world.makeField("Puntos", .number)
            let ana = try await world.add(PersonSample())
            let eva = try await world.add(PersonSample())
            for (contact, value) in [(ana, "50"), (eva, "3")] {
                try await world.store.setField(
                    points, of: contact, to: value, habits: .machine, in: world.workspace, by: "Ana")
            }
            let rule = try await world.makeRule("Muchos puntos", vip, if: .number(points, .atLeast(10)))

            #expect(try await world.pass() == 1)
            #expect(try await world.labels(ana) == ["VIP": "Muchos puntos"])
            #expect(try await world.pass() == nil)
            try await world.store.setField(
                points, of: eva, to: "12", habits: .machine, in: world.workspace, by: "Ana")
            #expect(try await world.hearNews() == 1)

            #expect(try await world.labels(eva) == ["VIP": "Muchos puntos"])
            #expect(try await world.store.labelRule(rule, in: world.workspace)?.contacts?.value == 2)
            #expect(try await world.hearNews() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `whatever conditions may ask for is heard of`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let vip = try await world.makeLabel("VIP")
            let other = try await world.makeLabel("Otra")
            _ = try await world.makeRule("Nadie", vip, if: .name(.equals("nobody is called so")))
            let ana = try await world.add(
                PersonSample(phones: ["525512345678"], conversation: .init(lastInbound: world.clock.now)))
            try await world.hearNews()
            func waits(_ change: () async throws -> Void) async throws -> Bool {
                try await change()
                let waiting = try await world.look(
                    "SELECT COUNT(*) AS n FROM label_rule_news WHERE contact_id = \(ana.rawValue)")
                try await world.hearNews()
                return waiting > 0
            }
            func execute(_ sql: String) async throws {
                try await store.database.write { connection in
                    try connection.execute(sql, ["workspace_id": workspace, "id": ana])
                }
            }
            let mine = "WHERE workspace_id = :workspace_id AND contact_id = :id"

            #expect(try await waits { try await store.addLabel(other, to: ana, in: workspace, by: "Ana") })
            #expect(try await waits { try await store.removeLabel(other, from: ana, in: workspace, by: "Ana") })
            #expect(
                try await waits { try await store.setState(.blocked, of: ana, reason: "", in: workspace, by: "Ana") })
            #expect(try await waits { try await store.clearState(.blocked, of: ana, in: workspace, by: "Ana") })
            #expect(try await waits { try await world.write(ana) })
            #expect(try await waits { try await execute("UPDATE conversation SET state = 'closed' \(mine)") })
            #expect(try await waits { try await execute("UPDATE handle SET valid_to = 5 \(mine)") })
            #expect(
                try await waits {
                    try await execute(
                        """
                        INSERT INTO consent (workspace_id, contact_id, purpose, standing, since, entry_id)
                        VALUES (:workspace_id, :id, 'marketing', 'granted', 1, 1)
                        """)
                })
            #expect(try await waits { try await execute("UPDATE consent SET standing = 'withdrawn' \(mine)") })
            #expect(
                try await waits {
                    try await execute(
                        "UPDATE contact SET language = 'es' WHERE workspace_id = :workspace_id AND id = :id")
                })
            // What no condition asks for wakes nobody.
            #expect(try await !waits { try await execute("UPDATE conversation SET unread = 3 \(mine)") })
            #expect(
                try await !waits {
                    try await execute("UPDATE contact SET note = 'x' WHERE workspace_id = :workspace_id AND id = :id")
                })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `without a rule that is on nothing is noted`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Apagada", vip, if: .name(.filled), isOn: false)
            try await world.add(PersonSample(name: "Ana"))

            #expect(try await world.look("SELECT COUNT(*) AS n FROM label_rule_news") == 0)
            #expect(try await world.pass() == 0)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `time alone puts a label on and takes it off`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let active = try await world.makeLabel("Activo")
            let silent = try await world.makeLabel("Callado")
            _ = try await world.makeRule("Activos", active, if: .activity(.within(days: 30)), takesOff: true)
            _ = try await world.makeRule("Callados", silent, if: .activity(.silent(days: 30)))
            let ana = try await world.add(
                PersonSample(conversation: .init(lastInbound: world.clock.now - .days(29))))
            try await world.pass()
            #expect(try await world.labels(ana) == ["Activo": "Activos"])
            world.clock.advance(by: .minutes(14))
            #expect(try await world.pass() == nil)

            world.clock.advance(by: .days(2))
            #expect(try await world.pass() == 1)

            #expect(try await world.labels(ana) == ["Callado": "Callados"])
            try await world.write(ana)
            try await world.hearNews()
            // It does not take off again.
            #expect(try await world.labels(ana) == ["Activo": "Activos", "Callado": "Callados"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one rule feeds another in one pass, and both settle`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let labels = [
                try await world.makeLabel("Tres"), try await world.makeLabel("Dos"), try await world.makeLabel("Uno"),
            ]
            _ = try await world.makeRule("Tres", labels[0], if: .label(labels[1], isSo: true), takesOff: true)
            _ = try await world.makeRule("Dos", labels[1], if: .label(labels[2], isSo: true), takesOff: true)
            let ana = try await world.add(PersonSample(labels: [labels[2]]))
            try await world.pass()
            #expect(try await world.labels(ana) == ["Uno": "", "Dos": "Dos", "Tres": "Tres"])
            try await world.hearNews()

            try await world.store.removeLabel(labels[2], from: ana, in: world.workspace, by: "Ana")
            #expect(try await world.store.askLabelRulesOfChanged(in: world.workspace).changed == 1)

            #expect(try await world.labels(ana).isEmpty)
            #expect(try await world.hearNews() == 0)
        }
    }

    /// Only an undo can bring rules that are in a circle.
    @Test(arguments: TestDatabase.available)
    func `rules in a circle do nothing, and hold up no other`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (one, two) = (try await world.makeLabel("Uno"), try await world.makeLabel("Dos"))
            let fine = try await world.makeLabel("Bien")
            _ = try await world.makeRule("Uno", one, if: .label(two, isSo: false), takesOff: true)
            let rule = try await world.makeRule("Dos", two, if: .label(one, isSo: true), takesOff: true, isOn: false)
            _ = try await world.makeRule("Bien", fine, if: .name(.filled))
            let workspace = world.workspace
            try await world.store.database.write { connection in
                try connection.execute(
                    "UPDATE label_rule SET is_on = 1 WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": rule])
            }
            let ana = try await world.add(PersonSample(name: "Ana"))

            try await world.hearNews()
            try await world.pass()

            #expect(try await world.labels(ana) == ["Bien": "Bien"])
            #expect(try await world.hearNews() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rule that asks for a label stands still while that is being deleted, and ends the deletion`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let (client, prospect) = (try await world.makeLabel("Cliente"), try await world.makeLabel("Prospecto"))
            let ana = try await world.add(PersonSample(name: "Ana"))
            for _ in 0..<600 { try await world.add(PersonSample(labels: [client])) }
            let deletion = try await store.startBulk(
                .deleteLabel(label: client), on: .everybody, in: workspace, by: "Ana")
            #expect(try await !store.advanceBulk(deletion, in: workspace))

            _ = try await world.makeRule("Nuevo", prospect, if: .label(client, isSo: false), takesOff: true)
            #expect(try await world.pass() == 0)
            #expect(try await world.labels(ana).isEmpty)

            let bulk = try await world.finish(deletion)
            #expect(bulk.progress.failure?.en.contains("“Nuevo”") == true)
            _ = try await store.undo(deletion, in: workspace, by: "Ana")
            world.clock.advance(by: .hours(7))
            #expect(try await world.pass() == 1)
            #expect(try await world.labels(ana) == ["Prospecto": "Nuevo"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two rules of one label: it stays as long as either holds`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Bloqueado", vip, if: .state(.blocked, isSo: true), takesOff: true)
            _ = try await world.makeRule("Queja", vip, if: .state(.complaint, isSo: true), takesOff: true)
            let ana = try await world.add(PersonSample(states: [.blocked, .complaint]))
            try await world.pass()
            #expect(try await world.labels(ana) == ["VIP": "Bloqueado"])

            try await world.store.clearState(.blocked, of: ana, in: world.workspace, by: "Ana")
            try await world.hearNews()
            #expect(try await world.labels(ana) == ["VIP": "Bloqueado"])
            try await world.store.clearState(.complaint, of: ana, in: world.workspace, by: "Ana")
            try await world.hearNews()

            #expect(try await world.labels(ana).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a pass goes on where it was, asks each contact once and begins anew when a rule changes`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            for index in 0..<23 { try await world.add(PersonSample(name: index.isMultiple(of: 2) ? "Ana" : "")) }
            let rule = try await world.makeRule("Con nombre", vip, if: .name(.filled))
            let store = world.store

            #expect(try await store.beginLabelRulePass(in: world.workspace))
            #expect(try await store.goOnWithLabelRulePass(limit: 20, in: world.workspace).changed == 10)
            // As after a restart.
            #expect(try await store.beginLabelRulePass(in: world.workspace))
            try await world.change(rule) { $0.takesOff = true }
            let last = try await store.goOnWithLabelRulePass(limit: 20, in: world.workspace)

            #expect(last.changed == 2 && !last.hasMore)
            #expect(try await world.pass() == 0)
            #expect(try await world.pass() == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who changes often is asked once, and holds up nobody`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Nadie", vip, if: .name(.equals("nobody is called so")))
            let (ana, eva) = (try await world.add(PersonSample()), try await world.add(PersonSample()))
            try await world.hearNews()
            for language in ["es", "en", "es", "en"] {
                try await world.execute("UPDATE contact SET language = '\(language)' WHERE id = \(ana.rawValue)")
            }
            try await world.execute("UPDATE contact SET language = 'es' WHERE id = \(eva.rawValue)")

            let step = try await world.store.askLabelRulesOfChanged(limit: 2, in: world.workspace)

            #expect(step.changed == 0)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM label_rule_news") == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one statement notes each contact once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Nadie", vip, if: .name(.equals("nobody is called so")))
            for index in 0..<3 {
                try await world.add(PersonSample(phones: ["5255123450\(index)1", "5255123450\(index)2"]))
            }
            try await world.hearNews()

            try await world.execute("UPDATE handle SET valid_to = 5")
            #expect(try await world.look("SELECT COUNT(*) AS n FROM handle") == 6)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM label_rule_news") == 3)
            try await world.hearNews()
            try await world.execute("DELETE FROM handle")
            #expect(try await world.look("SELECT COUNT(*) AS n FROM label_rule_news") == 3)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `where very many wait everybody is asked instead, and who changes then waits for none of them`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Bloqueados", vip, if: .state(.blocked, isSo: true))
            try await world.pass()
            for _ in 0..<6 { try await world.add(PersonSample(states: [.blocked])) }
            func ask() async throws -> LabelRuleStep {
                try await world.store.askLabelRulesOfChanged(most: 5, in: world.workspace)
            }

            #expect(try await ask().changed == 0)
            #expect(try await world.look("SELECT COUNT(*) AS n FROM label_rule_news") == 0)
            let ana = try await world.add(PersonSample(name: "Ana", states: [.blocked]))
            #expect(try await ask().changed == 1)
            #expect(try await world.labels(ana) == ["VIP": "Bloqueados"])

            #expect(try await world.pass() == 6)
            #expect(try await world.pass() == nil)
        }
    }
}

extension ConsoleWorld {
    fileprivate func execute(_ sql: String) async throws {
        try await store.database.write { _ = try $0.execute(sql, [:]) }
    }
}
