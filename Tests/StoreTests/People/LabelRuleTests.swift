import Domain
import Testing

@testable import Store

@Suite struct LabelRuleTests {
    @Test(arguments: TestDatabase.available)
    func `a rule is kept as it was written, and a name is taken once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let rule = try await world.makeRule("  Áctivos  ", vip, if: .activity(.within(days: 30)), takesOff: true)

            let kept = try #require(try await world.store.labelRule(rule, in: world.workspace))
            #expect(kept.rule.name == "Áctivos" && kept.rule.label == vip && kept.rule.isOn && kept.rule.takesOff)
            #expect(kept.rule.conditions.all == [.activity(.within(days: 30))])
            #expect(kept.contacts?.value == 0)
            await #expect(throws: PuenteError.labelRuleTaken) {
                try await world.makeRule("activos", vip, if: .name(.filled))
            }
            await #expect(throws: PuenteError.noLabel) {
                try await world.makeRule("Otra", LabelID(rawValue: 9), if: .name(.filled))
            }
            await #expect(throws: PuenteError.noConditions) { try await world.makeRule("Otra", vip) }
            #expect(try await world.store.labelRules(in: WorkspaceID(rawValue: 9)).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a circle of labels is refused with their names`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let active = try await world.makeLabel("Activo")
            _ = try await world.makeRule("Uno", vip, if: .label(active, isSo: true))
            let off = try await world.makeRule("Dos", active, if: .label(vip, isSo: false), isOn: false)

            let itself = await #expect(throws: PuenteError.self) {
                try await world.makeRule("Tres", vip, if: .label(vip, isSo: false))
            }
            let turned = await #expect(throws: PuenteError.self) { try await world.change(off) { $0.isOn = true } }

            #expect(itself?.code == .conflict && itself?.detail == "label_rule_circle")
            #expect(
                itself?.message.en
                    == "The rule would go round in circles: whether it puts on “VIP” depends on “VIP” itself.")
            #expect(
                turned?.message.es
                    == "La regla daría vueltas sin fin: «Activo» depende de «VIP» depende de «Activo». "
                    + "Quite una de estas etiquetas de las condiciones.")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `there are at most a hundred`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            for index in 0..<LabelRule.maxRules {
                _ = try await world.makeRule("Regla \(index)", vip, if: .name(.filled), isOn: false)
            }
            await #expect(throws: PuenteError.tooManyLabelRules) {
                try await world.makeRule("Una más", vip, if: .name(.filled))
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a deleted rule leaves its labels, and an undo brings it back to them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let rule = try await world.makeRule("Con nombre", vip, if: .name(.filled), takesOff: true)
            let ana = try await world.add(PersonSample(name: "Ana"))
            try await world.pass()
            let before = try await DatabaseImage.of(world.store)

            let change = try await world.store.deleteLabelRule(rule, in: world.workspace, by: "Ana")
            #expect(try await world.labels(ana) == ["VIP": "Con nombre"])
            try await world.store.undo(change, in: world.workspace, by: "Ana")

            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
            await #expect(throws: PuenteError.noLabelRule) {
                try await world.store.deleteLabelRule(LabelRuleID(rawValue: 7), in: world.workspace, by: "Ana")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rule goes with its labels in slices, and an undo puts all of it back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let rule = try await world.makeRule(
                "Todos", vip, if: .created(.before(try #require(CivilDate(year: 2030, month: 1, day: 1)))))
            let byHand = try await world.add(PersonSample(labels: [vip]))
            for _ in 0..<620 { try await world.add(PersonSample()) }
            #expect(try await world.pass() == 620)
            try await world.hearNews()
            let before = try await DatabaseImage.of(world.store)

            let change = try await world.store.startBulk(
                .deleteLabelRule(rule: rule), on: .everybody, in: world.workspace, by: "Ana")
            #expect(try await !world.store.advanceBulk(change, in: world.workspace))
            // Half of them still have it: the rule must not put it on again meanwhile.
            try await world.hearNews()
            let bulk = try await world.finish(change)

            #expect(bulk.progress.changed == 620 && bulk.change.actor == "Ana")
            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label") == 1)
            #expect(try await world.labels(byHand) == ["VIP": ""])
            #expect(try await world.store.labelRules(in: world.workspace).isEmpty)
            let undone = try await world.store.undo(change, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the rules of a deleted label go with it, and come back with it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            _ = try await world.makeRule("Con nombre", vip, if: .name(.filled))
            try await world.add(PersonSample(name: "Ana"))
            try await world.pass()
            let before = try await DatabaseImage.of(world.store)

            let change = try await world.store.startBulk(
                .deleteLabel(label: vip), on: .everybody, in: world.workspace, by: "Ana")
            _ = try await world.finish(change)

            #expect(try await world.store.labelRules(in: world.workspace).isEmpty)
            #expect(try await world.pass() == nil)
            try await world.store.undo(change, in: world.workspace, by: "Ana")
            #expect(try await DatabaseImage.of(world.store).differences(from: before) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a renamed choice is renamed in rules, too`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])
            let rule = try await world.makeRule("De oro", vip, if: .field(level, .choice, .equals("Oro")))

            _ = try await world.finish(
                try await world.store.startBulk(
                    .renameChoice(field: level, from: "Oro", to: "Gold"), on: .everybody, in: world.workspace, by: "Ana"
                ))

            #expect(
                try await world.store.labelRule(rule, in: world.workspace)?.rule.conditions.all
                    == [.field(level, .choice, .equals("Gold"))])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a choice that a rule asks for stays in its field`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let level = try await world.makeField("Nivel", .choice, choices: ["Oro", "Plata"])
            let rule = try await world.makeRule("Sin oro", vip, if: .field(level, .choice, .differs("oro")))
            func leaveOnly(_ choice: String) async throws {
                try await world.store.changeField(
                    level, name: "Nivel", choices: [choice], in: world.workspace, by: "Ana")
            }

            let problem = await #expect(throws: PuenteError.self) { try await leaveOnly("Plata") }
            #expect(problem?.detail == "choices" && problem?.message.en.contains("label rule") == true)
            #expect(problem?.message.es.contains("regla de etiqueta") == true)
            _ = try await world.store.deleteLabelRule(rule, in: world.workspace, by: "Ana")
            try await leaveOnly("Plata")

            #expect(try await world.store.field(level, in: world.workspace)?.choices == ["Plata"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rule that goes with its labels takes off the label that it is of now, and no former one`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (former, present) = (try await world.makeLabel("Antes"), try await world.makeLabel("Ahora"))
            let rule = try await world.makeRule("Con nombre", former, if: .name(.filled))
            let ana = try await world.add(PersonSample(name: "Ana"))
            try await world.pass()
            try await world.change(rule) { $0.label = present }
            try await world.pass()
            #expect(try await world.labels(ana).keys.sorted() == ["Ahora", "Antes"])
            let before = try await DatabaseImage.of(world.store)

            let change = try await world.store.startBulk(
                .deleteLabelRule(rule: rule), on: .everybody, in: world.workspace, by: "Ana")
            let bulk = try await world.finish(change)

            #expect(bulk.progress.changed == 1 && bulk.progress.seen == 1)
            #expect(try await world.labels(ana).keys.sorted() == ["Antes"])
            let undone = try await world.store.undo(change, in: world.workspace, by: "Ana")
            #expect(undone.keptRows == 0)
            #expect(
                try await DatabaseImage.of(world.store, leaving: ["label_rule_news"])
                    .differences(from: try before.without(["label_rule_news"])) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a rule is changed and deleted upon what was read, and turned on and off whatever it says`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, workspace) = (world.store, world.workspace)
            let (vip, other) = (try await world.makeLabel("VIP"), try await world.makeLabel("Otra"))
            let rule = try await world.makeRule("Uno", vip, if: .label(other, isSo: true), isOn: false)
            let read = try required(try await store.labelRule(rule, in: workspace))
            let version = try read.version()
            var draft = LabelRuleDraft(read.rule)
            draft.name = "Dos"
            try await store.changeLabelRule(rule, draft, expecting: [version], in: workspace, by: "Ana")

            draft.name = "Tres"
            await #expect(throws: PuenteError.changedMeanwhile) {
                try await store.changeLabelRule(rule, draft, expecting: [version], in: workspace, by: "Eva")
            }
            await #expect(throws: PuenteError.changedMeanwhile) {
                try await store.deleteLabelRule(rule, expecting: [version], in: workspace, by: "Eva")
            }
            await #expect(throws: PuenteError.changedMeanwhile) {
                try await store.startBulk(
                    .deleteLabelRule(rule: rule), on: .everybody, expecting: [version], in: workspace, by: "Eva")
            }
            try await store.switchLabelRule(rule, on: true, in: workspace, by: "Eva")
            let now = try required(try await store.labelRule(rule, in: workspace))
            #expect(now.rule.isOn && now.rule.name == "Dos")
            #expect(try now.version() != version)

            let back = try await world.makeRule("Vuelta", other, if: .label(vip, isSo: true), isOn: false)
            let circle = await #expect(throws: PuenteError.self) {
                try await store.switchLabelRule(back, on: true, in: workspace, by: "Eva")
            }
            #expect(circle?.detail == "label_rule_circle")
            _ = try await store.deleteLabelRule(rule, expecting: [try now.version()], in: workspace, by: "Eva")
            await #expect(throws: PuenteError.noLabelRule) {
                try await store.switchLabelRule(rule, on: false, in: workspace, by: "Eva")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `rules are changed while they are asked, and neither waits for the other for good`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let vip = try await world.makeLabel("VIP")
            let rule = try await world.makeRule("Con nombre", vip, if: .name(.filled), takesOff: true)
            for _ in 0..<40 { try await world.add(PersonSample(name: "Ana")) }

            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for round in 0..<20 {
                        let conditions = round.isMultiple(of: 2) ? .nobody : try SegmentConditions.named
                        try await world.change(rule) { $0.conditions = conditions }
                    }
                }
                group.addTask {
                    for _ in 0..<40 {
                        guard try await world.store.beginLabelRulePass(in: world.workspace) else { continue }
                        _ = try await world.store.goOnWithLabelRulePass(limit: 20, in: world.workspace)
                    }
                }
                group.addTask {
                    for _ in 0..<20 { _ = try await world.store.askLabelRulesOfChanged(in: world.workspace) }
                }
                try await group.waitForAll()
            }
            while try await world.pass() != nil {}
            try await world.hearNews()

            #expect(try await world.look("SELECT COUNT(*) AS n FROM contact_label") == 40)
        }
    }
}

extension SegmentConditions {
    fileprivate static var named: SegmentConditions {
        get throws { try SegmentConditions(.all, [.condition(.name(.filled))]) }
    }
}
