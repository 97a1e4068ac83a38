/// In which order rules are asked. A rule may ask for the label of another: that other one comes first, so that one pass
/// settles a contact. Labels that depend on each other in a circle would never settle; their rules are left out.
package struct LabelRulePlan: Sendable {
    /// The rules of one label, in the order in which they were made.
    package struct Step: Sendable {
        package let label: LabelID
        package let rules: [LabelRule]
    }

    package let steps: [Step]
    /// Rules that stand in a circle, or behind one.
    package let circular: Set<LabelRuleID>

    /// - Parameter rules: those that are off do nothing, and close no circle.
    package init(_ rules: [LabelRule]) {
        let byLabel = Dictionary(grouping: rules.filter(\.isOn).sorted { $0.id < $1.id }, by: \.label)
        var open = byLabel.mapValues { rules in
            rules.reduce(into: Set<LabelID>()) { $0.formUnion($1.labelsAskedFor) }.intersection(byLabel.keys)
        }
        var steps: [Step] = []
        while let next = open.filter({ $0.value.isEmpty }).keys.min() {
            open[next] = nil
            for label in open.keys { open[label]?.remove(next) }
            steps.append(Step(label: next, rules: byLabel[next] ?? []))
        }
        self.steps = steps
        circular = Set(open.keys.flatMap { byLabel[$0] ?? [] }.map(\.id))
    }

    /// The labels of a circle that a rule closes: its own first, each depends on the one behind it, the last on the first.
    /// - Returns: nil when it closes none.
    package static func circle(closedBy rule: LabelRule, among rules: [LabelRule]) -> [LabelID]? {
        guard rule.isOn else { return nil }
        let all = rules.filter { $0.isOn && $0.id != rule.id } + [rule]
        let asked = Dictionary(grouping: all, by: \.label).mapValues { rules in
            rules.reduce(into: Set<LabelID>()) { $0.formUnion($1.labelsAskedFor) }
        }
        // From what the rule asks for back to its own label, by the shortest way.
        var ways = rule.labelsAskedFor.sorted().map { [rule.label, $0] }
        var seen: Set<LabelID> = []
        while !ways.isEmpty {
            let way = ways.removeFirst()
            guard let last = way.last else { continue }
            if last == rule.label { return Array(way.dropLast()) }
            guard seen.insert(last).inserted else { continue }
            ways += (asked[last] ?? []).sorted().map { way + [$0] }
        }
        return nil
    }
}
