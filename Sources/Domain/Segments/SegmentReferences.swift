/// The labels and fields that there are, archived fields too: what conditions may speak of.
package struct SegmentReferences: Hashable, Sendable {
    package let labels: Set<LabelID>
    package let fields: Set<FieldID>

    package init(labels: Set<LabelID>, fields: Set<FieldID>) {
        self.labels = labels
        self.fields = fields
    }

    /// Whether everything that the conditions speak of is still there.
    package func haveAll(of conditions: SegmentConditions) -> Bool {
        conditions.labels.isSubset(of: labels) && conditions.fields.isSubset(of: fields)
    }

    /// A rule whose label is gone, or that asks for a label or field that is, neither puts on nor takes off.
    package func haveAll(of rule: LabelRule) -> Bool {
        labels.contains(rule.label) && haveAll(of: rule.conditions)
    }
}

extension SegmentConditions {
    /// The labels that they speak of.
    package var labels: Set<LabelID> {
        Set(
            all.compactMap { condition -> LabelID? in
                guard case .label(let label, _) = condition else { return nil }
                return label
            })
    }

    /// The fields that they speak of.
    package var fields: Set<FieldID> {
        Set(
            all.compactMap { condition -> FieldID? in
                switch condition {
                case .field(let id, _, _), .number(let id, _), .date(let id, _): id
                default: nil
                }
            })
    }
}
