import Domain

extension ChangeUndo.Step {
    /// Of a column, wherever the row says it.
    func value(_ column: String) -> SQLValue? {
        key.columns[column] ?? after?.columns[column] ?? before?.columns[column]
    }

    /// What the row says to people.
    func facts(_ names: HistoryNames) -> [HistoryFact] {
        // Every row says something before it or after it, until an erasure empties it.
        guard before != nil || after != nil else { return [.erased] }
        return switch relation {
        case .contact: contactFacts
        case .handle: handleFact(names)
        case .contactLabel: [.label(name: value("label_id").flatMap { names.labels[$0] }, isAdded: after != nil)]
        case .contactState: [.state(value("state")?.text ?? "", isSet: after != nil)]
        case .contactField: [fieldFact(value("field_id").flatMap { names.fields[$0] })]
        case .consent:
            [
                .consent(
                    purpose: value("purpose")?.text ?? "", before: before?.columns["standing"]?.text,
                    after: after?.columns["standing"]?.text)
            ]
        case .consentEntry:
            after == nil || before != nil
                ? [.other(relation.rawValue)]
                : [.consentEntry(purpose: value("purpose")?.text ?? "", change: value("change")?.text ?? "")]
        case .label, .field, .segment, .conversation, .message, .remoteRef, .optIn, .firstContact, .duplicate,
            .labelRule, .labelRuleExemption:
            [.other(relation.rawValue)]
        }
    }

    private var contactFacts: [HistoryFact] {
        guard let after else { return [.gone] }
        let columns = HistoryFact.Column.allCases.compactMap { column -> HistoryFact? in
            guard let new = after.columns[column.rawValue] else { return nil }
            let old = before?.columns[column.rawValue]?.text ?? ""
            return old == new.text ?? "" ? nil : .column(column, before: old, after: new.text ?? "")
        }
        guard before != nil else { return [.made] + columns }
        if case .integer = after.columns["merged_into"] { return [.merged] + columns }
        return columns
    }

    private func fieldFact(_ field: HistoryNames.Field?) -> HistoryFact {
        .field(
            key: field?.key, name: field?.name, kind: field?.kind, before: before?.columns["value"]?.text,
            after: after?.columns["value"]?.text)
    }

    /// - Returns: nothing for what people do not see of an address, such as which WhatsApp account it is of.
    private func handleFact(_ names: HistoryNames) -> [HistoryFact] {
        guard let step = handleStep else { return [] }
        let known = key.columns["id"].flatMap { names.handles[$0] }
        return [
            .handle(
                kind: value("kind")?.text ?? known?.kind ?? "",
                address: value("address")?.text ?? known?.address ?? "", step)
        ]
    }

    private var handleStep: HistoryFact.HandleStep? {
        guard let after else { return .removed }
        guard before != nil else { return .added }
        if after.columns["contact_id"] != nil { return .moved }
        if let since = after.columns["unreachable_since"] { return since == .null ? .tried : .marked }
        return after.columns["valid_to"].map { $0 == .null ? .valid : .ended }
    }

    /// Rows that stand for themselves: what merges move, and the ledger of consent, go back together or not at all.
    var canBePutBack: Bool {
        switch relation {
        case .contact:
            before != nil && !essentials.isEmpty && essentials.isSubset(of: ["name", "language", "note"])
        case .handle:
            switch (before, after) {
            case (nil, .some): true
            case (.some, let after?):
                after.names == ["valid_to"] || Set(after.names).isSubset(of: UnreachableNumber.columns)
            default: false
            }
        case .contactLabel, .contactField, .contactState: true
        case .label, .field, .segment, .conversation, .message, .remoteRef, .consentEntry, .consent, .optIn,
            .firstContact, .duplicate, .labelRule, .labelRuleExemption:
            false
        }
    }

    private var essentials: Set<String> { Set(after?.essential.names ?? []) }
}

/// What rows of changes name by id only.
struct HistoryNames {
    typealias Field = (key: String, name: String, kind: FieldKind)

    let labels: [SQLValue: String]
    let fields: [SQLValue: Field]
    let handles: [SQLValue: (kind: String, address: String)]
}

extension SQLValue {
    /// Nil for what is no text.
    fileprivate var text: String? { String.from(self) }
}
