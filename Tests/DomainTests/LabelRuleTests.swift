import Domain
import Testing

@Suite struct LabelRuleTests {
    private let a = LabelID(rawValue: 1)
    private let b = LabelID(rawValue: 2)
    private let c = LabelID(rawValue: 3)

    private func rule(
        _ id: Int64, puts label: LabelID, if conditions: SegmentCondition..., isOn: Bool = true, takesOff: Bool = true
    ) throws -> LabelRule {
        LabelRule(
            id: LabelRuleID(rawValue: id), name: "\(id)",
            conditions: try SegmentConditions(.all, conditions.map(SegmentConditions.Part.condition)), label: label,
            isOn: isOn, takesOff: takesOff)
    }

    // MARK: Order

    @Test func `a rule that asks for another's label comes behind it`() throws {
        let third = try rule(1, puts: c, if: .label(b, isSo: true), .label(a, isSo: false))
        let second = try rule(2, puts: b, if: .label(a, isSo: true))
        let first = try rule(3, puts: a, if: .name(.filled))

        let plan = LabelRulePlan([third, second, first])

        #expect(plan.steps.map(\.label) == [a, b, c])
        #expect(plan.circular.isEmpty)
    }

    @Test func `rules of one label stand together, the oldest first, and those that are off are left out`() throws {
        let plan = LabelRulePlan([
            try rule(7, puts: a, if: .name(.filled)), try rule(4, puts: a, if: .name(.empty)),
            try rule(2, puts: a, if: .name(.empty), isOn: false),
        ])

        #expect(plan.steps.map { $0.rules.map(\.id.rawValue) } == [[4, 7]])
    }

    @Test func `labels that nobody puts on by rule hold up nothing`() throws {
        #expect(LabelRulePlan([try rule(1, puts: a, if: .label(b, isSo: true))]).steps.count == 1)
    }

    @Test func `rules in a circle, and behind one, are never asked`() throws {
        let plan = LabelRulePlan([
            try rule(1, puts: a, if: .label(b, isSo: false)), try rule(2, puts: b, if: .label(a, isSo: true)),
            try rule(3, puts: c, if: .label(b, isSo: true)),
            try rule(4, puts: LabelID(rawValue: 9), if: .name(.filled)),
        ])

        #expect(plan.steps.map(\.label.rawValue) == [9])
        #expect(plan.circular.map(\.rawValue).sorted() == [1, 2, 3])
    }

    @Test func `rules whose label, or what they ask for, is gone are told apart`() throws {
        let known = SegmentReferences(labels: [a], fields: [FieldID(rawValue: 7)])
        let rules = [
            try rule(1, puts: a, if: .label(b, isSo: false)), try rule(2, puts: b, if: .label(a, isSo: true)),
            try rule(3, puts: a, if: .number(FieldID(rawValue: 8), .empty)),
            try rule(4, puts: a, if: .date(FieldID(rawValue: 7), .filled)),
        ]

        #expect(rules.filter { known.haveAll(of: $0) }.map(\.id.rawValue) == [4])
    }

    // MARK: Circles

    @Test func `a rule on its own label is a circle, whatever it asks`() throws {
        for isSo in [true, false] {
            #expect(
                LabelRulePlan.circle(closedBy: try rule(1, puts: a, if: .label(a, isSo: isSo)), among: []) == [a])
        }
    }

    @Test func `a circle through others is told label by label, the shortest way`() throws {
        let others = [
            try rule(2, puts: b, if: .label(c, isSo: true)), try rule(3, puts: c, if: .label(a, isSo: false)),
            try rule(4, puts: b, if: .label(LabelID(rawValue: 8), isSo: true)),
        ]
        let closing = try rule(1, puts: a, if: .name(.filled), .label(b, isSo: true))

        #expect(LabelRulePlan.circle(closedBy: closing, among: others) == [a, b, c])
    }

    @Test func `a rule's former self and those that are off close no circle`() throws {
        let former = try rule(1, puts: a, if: .label(b, isSo: true))
        let other = try rule(2, puts: b, if: .label(a, isSo: true))
        let off = try rule(2, puts: b, if: .label(a, isSo: true), isOn: false)

        #expect(
            LabelRulePlan.circle(closedBy: try rule(1, puts: a, if: .name(.filled)), among: [former, other]) == nil)
        #expect(LabelRulePlan.circle(closedBy: former, among: [off]) == nil)
        #expect(
            LabelRulePlan.circle(closedBy: try rule(1, puts: a, if: .label(b, isSo: true), isOn: false), among: [other])
                == nil)
    }

    // MARK: Decisions

    @Test func `of several rules the oldest that holds and was not overruled puts the label on`() throws {
        let rules = [
            try rule(1, puts: a, if: .name(.filled)), try rule(2, puts: a, if: .name(.filled)),
            try rule(3, puts: a, if: .name(.filled)),
        ]
        let ids = rules.map(\.id)

        #expect(
            LabelRuleDecision.of(rules, holding: Set(ids), exempt: [ids[0]], carried: .no) == .putOn(by: ids[1]))
        #expect(LabelRuleDecision.of(rules, holding: [ids[0]], exempt: [ids[0]], carried: .no) == .nothing)
        #expect(LabelRuleDecision.of(rules, holding: [], exempt: [], carried: .no) == .nothing)
    }

    @Test func `what others put on no rule touches`() throws {
        let rules = [try rule(1, puts: a, if: .name(.filled))]
        for holding in [[], Set(rules.map(\.id))] {
            #expect(LabelRuleDecision.of(rules, holding: holding, exempt: [], carried: .byOthers) == .nothing)
        }
    }

    @Test func `a rule takes off what it put on itself, when it shall and none of them holds`() throws {
        let stays = try rule(1, puts: a, if: .name(.filled), takesOff: false)
        let goes = try rule(2, puts: a, if: .name(.filled))
        func decision(_ holding: Set<LabelRuleID>, by id: LabelRuleID) -> LabelRuleDecision {
            LabelRuleDecision.of([stays, goes], holding: holding, exempt: [], carried: .byRule(id))
        }

        #expect(decision([], by: goes.id) == .takeOff(by: goes.id))
        #expect(decision([], by: stays.id) == .nothing)
        #expect(decision([stays.id], by: goes.id) == .nothing)
        // Of a rule that is gone, or off.
        #expect(decision([], by: LabelRuleID(rawValue: 99)) == .nothing)
    }

    // MARK: Time

    @Test func `only what time alone changes makes a rule depend on time`() throws {
        let field = FieldID(rawValue: 1)
        let onTime: [SegmentCondition] = [
            .activity(.within(days: 3)), .activity(.silent(days: 3)), .created(.within(days: 3)),
            .created(.longer(days: 3)), .date(field, .past(days: 3)), .date(field, .next(days: 3)),
        ]
        for condition in onTime { #expect(try rule(1, puts: a, if: condition).dependsOnTime, "\(condition)") }
        for condition: SegmentCondition in [.activity(.never), .date(field, .filled), .label(b, isSo: true)] {
            #expect(try !rule(1, puts: a, if: condition).dependsOnTime, "\(condition)")
        }
    }
}
