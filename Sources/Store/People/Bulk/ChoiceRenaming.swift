package import Domain

/// Gives a choice of a field another name: in the field, in the segments and rules that ask for it, and with everybody who has it.
struct ChoiceRenaming {
    let field: FieldID
    let from: String
    let to: String
    let now: Timestamp

    /// - Returns: whether all have had their turn.
    func work(_ journal: inout ChangeJournal, _ progress: inout BulkProgress) throws -> Bool {
        if progress.seen == 0 { try renameInField(&journal) }
        let holders = try holders(journal)
        let value = FieldValue(choice: to)
        for contact in holders where try journal.setField(field, of: contact, to: value, at: now) {
            progress.changed += 1
        }
        progress.seen += holders.count
        return holders.count < BulkSlice.size
    }

    private func holders(_ journal: ChangeJournal) throws -> [ContactID] {
        try journal.connection.rows(
            """
            SELECT contact_id FROM contact_field
            WHERE workspace_id = :workspace_id AND field_id = :field_id AND folded = :folded AND value = :value
            ORDER BY contact_id LIMIT \(BulkSlice.size) \(journal.connection.dialect.forUpdate)
            """,
            [
                "workspace_id": journal.workspace, "field_id": field, "folded": FieldValue.folded(from),
                "value": from,
            ]
        ).map { try $0.get("contact_id") }
    }

    private func renameInField(_ journal: inout ChangeJournal) throws {
        try journal.lockFields()
        try journal.lockSegments()
        try journal.lockLabelRules()
        guard let known = try journal.connection.field(field, in: journal.workspace) else { throw PuenteError.noField }
        // What undoing another renaming left over: the field has the name already.
        if known.choices.contains(from) || !known.choices.contains(to) {
            let choices = try renamedChoices(of: known)
            try journal.update(.field, key: ["id": field], set: ["choices": try JSONText.encode(choices)], of: nil)
        }
        try renameInSegments(&journal)
        try renameInLabelRules(&journal)
    }

    /// The choices with the other name among them.
    /// - Throws: `notFound` when the field has no such choice; `invalid` with the detail `choices` when there would be two
    ///   of one name, or it is called that already.
    func renamedChoices(of known: FieldSummary) throws -> [String] {
        guard known.choices.contains(from) else { throw PuenteError.noSuchChoice }
        guard from != to else { throw PuenteError.sameChoice }
        let choices = known.choices.map { $0 == from ? to : $0 }
        return try FieldDraft(name: known.name, kind: known.kind, choices: choices).choices
    }

    private func renameInSegments(_ journal: inout ChangeJournal) throws {
        for segment in try journal.connection.segments(in: journal.workspace) {
            let conditions = segment.conditions.map(renamed)
            guard conditions != segment.conditions else { continue }
            try journal.update(
                .segment, key: ["id": segment.id], set: ["conditions": try JSONText.encode(conditions)], of: nil)
        }
    }

    private func renameInLabelRules(_ journal: inout ChangeJournal) throws {
        for rule in try journal.connection.labelRules(in: journal.workspace).map(\.rule) {
            let conditions = rule.conditions.map(renamed)
            guard conditions != rule.conditions else { continue }
            try journal.update(
                .labelRule, key: ["id": rule.id], set: ["conditions": try JSONText.encode(conditions)], of: nil)
        }
    }

    private func renamed(_ condition: SegmentCondition) -> SegmentCondition {
        guard case .field(field, .choice, let test) = condition else { return condition }
        switch test {
        case .equals(let text) where FieldValue.folded(text) == FieldValue.folded(from):
            return .field(field, .choice, .equals(to))
        case .differs(let text) where FieldValue.folded(text) == FieldValue.folded(from):
            return .field(field, .choice, .differs(to))
        default: return condition
        }
    }
}

extension PuenteError {
    package static let noSuchChoice = PuenteError(
        .notFound, detail: "no_choice", en: "The field has no such choice.", es: "El campo no tiene esa opción.")
    fileprivate static let sameChoice = PuenteError(
        .invalid, detail: "choices", en: "The choice is called that already. Write another name.",
        es: "La opción ya se llama así. Escriba otro nombre.")
}
