import Domain
import Store

extension ResourceViews {
    func change(_ change: ChangeSummary) -> JSONObject {
        [
            "id": change.id, "kind": change.kind.rawValue, "state": change.state.rawValue,
            "title": change.title[language], "actor": change.actor, "at": change.at, "rows": change.rows,
            "undo_until": change.undoUntil, "undone_at": change.undoneAt, "undone_by": change.undoneBy,
            "undone_rows": change.undoneRows, "kept_rows": change.keptRows,
        ]
    }

    /// A row of a contact's history: with the change that it is of.
    func historyEntry(_ entry: HistoryEntry) -> JSONObject {
        var object = changeRow(entry)
        object.append("change", change(entry.change).json)
        return object
    }

    func changeRow(_ entry: HistoryEntry) -> JSONObject {
        [
            "position": entry.position, "contact": entry.contact, "facts": entry.facts.map(fact).json,
            "can_be_restored": entry.canBePutBack, "outcome": entry.outcome?.rawValue,
        ]
    }

    private func fact(_ fact: HistoryFact) -> JSONObject {
        switch fact {
        case .made: object("made")
        case .gone: object("gone")
        case .merged: object("merged")
        case .erased: object("erased")
        case .column(let column, let before, let after):
            object("column", name: column.rawValue, before: before, after: after)
        case .handle(let kind, let address, let step): object("handle", name: kind, after: address, step: step.rawValue)
        case .label(let name, let isAdded): object("label", name: name, step: isAdded ? "added" : "removed")
        case .state(let state, let isSet): object("state", name: state, step: isSet ? "added" : "removed")
        case .field(_, let name, _, let before, let after): object("field", name: name, before: before, after: after)
        case .consent(let purpose, let before, let after):
            object("consent", name: purpose, before: before, after: after)
        case .consentEntry(let purpose, let change): object("consent_entry", name: purpose, after: change)
        case .other(let table): object("other", name: table)
        }
    }

    private func object(
        _ kind: String, name: String? = nil, before: String? = nil, after: String? = nil, step: String? = nil
    ) -> JSONObject {
        ["kind": kind, "name": name, "before": before, "after": after, "step": step]
    }
}
