import Domain
import Store

/// Labels, fields, states, segments and bulk actions.
extension ResourceViews {
    func label(_ label: LabelSummary) -> JSONObject {
        var object = labelName(label)
        object.append("contacts", label.contacts.map { count($0).json } ?? .null)
        object.append("created_at", label.createdAt.json)
        return object
    }

    /// A label on a contact.
    func contactLabel(_ label: LabelSummary) -> JSONObject {
        var object = labelName(label)
        object.append("rule", label.rule.map { rule($0).json } ?? .null)
        return object
    }

    /// That put a label on a contact.
    func rule(_ rule: LabelSummary.Rule) -> JSONObject {
        ["id": rule.id, "name": rule.name]
    }

    func labelName(_ label: LabelSummary) -> JSONObject {
        ["id": label.id, "name": label.name, "color": label.color.rawValue]
    }

    func count(_ count: ListCount) -> JSONObject {
        ["value": count.value, "is_more": count.isMore]
    }

    func field(_ field: FieldSummary) -> JSONObject {
        [
            "id": field.id, "key": field.key, "name": field.name, "kind": field.kind.rawValue,
            "choices": field.choices, "is_archived": field.archivedAt != nil,
            "contacts": field.contacts.map { count($0) }, "created_at": field.createdAt,
        ]
    }

    /// What a field says of a contact; numbers and yes and no as JSON has them.
    func fieldValue(_ value: ContactDetails.Field) -> JSONObject {
        [
            "field": value.field.id, "key": value.field.key, "name": value.field.name,
            "kind": value.field.kind.rawValue, "value": json(value.value, value.field.kind),
            "changed_at": value.changedAt,
        ]
    }

    private func json(_ value: String?, _ kind: FieldKind) -> JSONValue {
        guard let value else { return .null }
        switch kind {
        case .text, .date, .choice: return .string(value)
        case .yesNo: return .bool(value == "yes")
        case .number: return Int64(value).map(JSONValue.integer) ?? Double(value).map(JSONValue.number) ?? .null
        }
    }

    func state(_ state: ContactDetails.State) -> JSONObject {
        ["state": state.state.rawValue, "reason": state.reason, "actor": state.actor, "since": state.since]
    }

    func segment(_ segment: SegmentSummary) -> JSONObject {
        [
            "id": segment.id, "name": segment.name, "conditions": conditions(segment.conditions),
            "created_at": segment.createdAt, "updated_at": segment.updatedAt,
        ]
    }

    func conditions(_ conditions: SegmentConditions) -> JSONObject {
        [
            "match": conditions.match.rawValue,
            "parts": conditions.parts.map { part -> JSONObject in
                switch part {
                case .condition(let condition): self.condition(condition)
                case .group(let match, let conditions):
                    ["match": match.rawValue, "parts": conditions.map(self.condition)]
                }
            },
        ]
    }

    private func condition(_ condition: SegmentCondition) -> JSONObject {
        let words = condition.words
        return
            ([
                "about": words.about.rawValue, "of": words.of, "is": words.test.rawValue, "value": words.value,
            ] as JSONObject).withoutNulls
    }

    func bulk(_ bulk: BulkChange, now: Timestamp, in language: Language) -> JSONObject {
        let (change, progress) = (bulk.change, bulk.progress)
        let isOpen = change.state == .open
        return [
            "id": change.id, "title": change.title[language], "state": state(bulk), "actor": change.actor,
            "seen": progress.seen, "changed": progress.changed, "total": progress.total,
            "contacts_per_second": progress.rate, "left": isOpen ? progress.left?.wholeMilliseconds : nil,
            "failure": progress.failure?[language], "created_at": change.at, "undo_until": change.undoUntil,
            "is_undoable": change.isUndoable(at: now), "restored": change.undoneRows, "kept": change.keptRows,
        ]
    }

    private func state(_ bulk: BulkChange) -> String {
        switch bulk.change.state {
        case .open: "running"
        case .done where bulk.progress.failure != nil: "failed"
        case .done where bulk.progress.isStopped: "stopped"
        case .done: "done"
        case .undoing: "undoing"
        case .undone: "undone"
        }
    }
}
