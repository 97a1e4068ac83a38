import Domain

/// Labels and fields that a list brings along.
extension ChangeJournal {
    /// - Throws: `conflict` when there are too many labels.
    mutating func makeLabel(_ name: String, id: LabelID, at now: Timestamp) throws {
        // The same name gets the same colour, wherever it is made.
        let colors = LabelColor.allCases.filter { $0 != .gray }
        let sum = PeopleName.folded(name).unicodeScalars.reduce(0) { $0 &+ Int($1.value) }
        try createLabel(id, name, color: colors[sum % colors.count], at: now)
    }

    /// - Throws: `conflict` when there are too many fields.
    mutating func makeField(_ field: ImportField, id: FieldID, at now: Timestamp) throws {
        let known = try connection.fields(archived: true, in: workspace)
        guard known.count < FieldDraft.maxFields else { throw PuenteError.tooManyFields }
        try insert(
            .field,
            [
                "id": id, "key": field.key, "name": field.name, "kind": field.kind,
                "choices": try JSONText.encode(field.choices), "position": try lastFieldPosition() + 1,
                "created_at": now,
            ], of: nil)
    }
}
