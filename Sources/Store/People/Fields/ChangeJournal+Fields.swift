import Domain

extension SQLConnection {
    /// Reads what was written for a field of the workspace.
    /// - Returns: nil for what is blank.
    /// - Throws: `notFound` for the field; `invalid` with the detail `field_value`.
    func fieldValue(
        parsing written: String, for field: FieldID, in workspace: WorkspaceID, habits: WritingHabits
    ) throws -> FieldValue? {
        guard let field = try self.field(field, lock: dialect.forShare, in: workspace) else {
            throw PuenteError.noField
        }
        return try field.read(written, habits: habits)
    }

    /// Whether contacts have the choice, or a segment or a label rule asks for it. The field is locked.
    func isUsed(_ choice: String, of field: FieldID, in workspace: WorkspaceID) throws -> Bool {
        let folded = FieldValue.folded(choice)
        let holder = try row(
            """
            SELECT contact_id FROM contact_field
            WHERE workspace_id = :workspace_id AND field_id = :field_id AND folded = :folded AND value = :value
            LIMIT 1
            """, ["workspace_id": workspace, "field_id": field, "folded": folded, "value": choice])
        guard holder == nil else { return true }
        let asking =
            try segments(in: workspace).map(\.conditions) + labelRules(in: workspace).map(\.rule.conditions)
        return asking.contains { conditions in
            conditions.all.contains { condition in
                guard case .field(field, .choice, let test) = condition else { return false }
                return switch test {
                case .equals(let text), .differs(let text): FieldValue.folded(text) == folded
                case .contains, .starts, .ends, .filled, .empty: false
                }
            }
        }
    }
}

extension ChangeJournal {
    /// Until the transaction ends nobody else makes or changes a field.
    func lockFields() throws {
        try connection.lock(["fields"], in: workspace)
    }

    func lastFieldPosition() throws -> Int {
        try connection.value(
            "SELECT COALESCE(MAX(position), 0) AS position FROM field WHERE workspace_id = :workspace_id",
            ["workspace_id": workspace]) ?? 0
    }

    /// Notes what a field says of a contact. The contact is locked, or nobody else writes of it.
    /// - Parameter value: nil takes away what it said.
    /// - Returns: whether it said something else before.
    @discardableResult
    mutating func setField(
        _ field: FieldID, of contact: ContactID, to value: FieldValue?, at now: Timestamp
    ) throws -> Bool {
        let key: SQLArguments = ["contact_id": contact, "field_id": field]
        let known = try connection.value(
            """
            SELECT value FROM contact_field
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND field_id = :field_id
            """, ["workspace_id": workspace, "contact_id": contact, "field_id": field], as: String.self)
        guard known != value?.text else { return false }
        guard let value else { return try delete(.contactField, key: key, of: contact) }
        let columns: SQLArguments = [
            "value": value.text, "folded": value.folded, "number": value.number, "changed_at": now,
        ]
        if known == nil {
            try insert(.contactField, SQLArguments(key.pairs + columns.pairs), of: contact)
        } else {
            try update(.contactField, key: key, set: columns, of: contact)
        }
        return true
    }
}
