import Domain

extension ContactMerge {
    mutating func moveLabels() throws {
        try keepLabelsOfPeople()
        try moveRows(.contactLabel, by: "label_id")
        try moveRows(.labelRuleExemption, by: "rule_id")
    }

    /// What somebody put on one of them by hand no rule takes off the person.
    private mutating func keepLabelsOfPeople() throws {
        let theirs = try journal.rows(
            .contactLabel, where: "contact_id = :contact AND rule_id IS NULL", ["contact": loser])
        for row in theirs {
            let own = try journal.rows(
                .contactLabel, where: "contact_id = :contact AND label_id = :label AND rule_id IS NOT NULL",
                SQLArguments([("contact", winner.sqlValue), ("label", row.columns["label_id"] ?? .null)]))
            guard !own.isEmpty else { continue }
            try journal.update(
                .contactLabel, key: key(winner, "label_id", row),
                set: row.keeping(["source", "rule_id", "actor"]).arguments, of: winner)
        }
    }

    /// What stands in the way of writing to one of them stands in the way of writing to the person.
    mutating func moveStates() throws {
        try moveRows(.contactState, by: "state")
    }

    /// Where both have a value, what was chosen stays; else what there is.
    mutating func moveFields() throws {
        let own = try fields(of: winner)
        let theirs = try fields(of: loser)
        for (id, row) in theirs.sorted(by: { $0.key < $1.key }) {
            if choices.keepsLoser(id, hasWinner: own[id] != nil) {
                if own[id] != nil { try journal.delete(.contactField, key: key(winner, "field_id", row), of: winner) }
                try journal.insert(.contactField, moved(row), of: winner)
            }
            try journal.delete(.contactField, key: key(loser, "field_id", row), of: loser)
        }
        // Somebody chose the side that has no value: then there is none.
        for (id, row) in own.sorted(by: { $0.key < $1.key }) where choices.fields[id] == .loser && theirs[id] == nil {
            try journal.delete(.contactField, key: key(winner, "field_id", row), of: winner)
        }
    }

    private func fields(of contact: ContactID) throws -> [FieldID: RowImage] {
        let rows = try journal.rows(.contactField, where: "contact_id = :contact", ["contact": contact])
        return rows.reduce(into: [:]) { fields, row in
            if case .integer(let id)? = row.columns["field_id"] { fields[FieldID(rawValue: id)] = row }
        }
    }

    /// Rows of the loser's that the winner has not, each found by one further column; the others go.
    private mutating func moveRows(_ relation: JournalRelation, by column: String) throws {
        let own = Set(
            try journal.rows(relation, where: "contact_id = :contact", ["contact": winner]).map { $0.columns[column] })
        for row in try journal.rows(relation, where: "contact_id = :contact", ["contact": loser]) {
            try journal.delete(relation, key: key(loser, column, row), of: loser)
            if !own.contains(row.columns[column]) { try journal.insert(relation, moved(row), of: winner) }
        }
    }

    private func key(_ contact: ContactID, _ column: String, _ row: RowImage) -> SQLArguments {
        SQLArguments([("contact_id", contact.sqlValue), (column, row.columns[column] ?? .null)])
    }

    private func moved(_ row: RowImage) -> SQLArguments {
        var arguments = row.arguments
        arguments.set("contact_id", winner)
        return arguments
    }

    // MARK: The contacts themselves

    /// Column by column, so that an undo puts back each that nobody has changed since.
    mutating func writeWinner() throws {
        let own = try contactRow(winner)
        let other = try contactRow(loser)
        for column in MergeChoices.Column.allCases {
            let value = choices.value(
                of: column, winner: try own.get(column.rawValue), loser: try other.get(column.rawValue))
            try journal.update(
                .contact, key: ["id": winner], set: SQLArguments([(column.rawValue, column.stored(value))]), of: winner)
        }
        try journal.update(.contact, key: ["id": winner], set: ["updated_at": now], of: winner)
    }

    /// Whoever was merged into the loser is the winner now.
    mutating func writeLoser() throws {
        try journal.updateAll(
            .contact, where: "merged_into = :former", ["former": loser], set: ["merged_into": winner], of: loser)
        try journal.update(.contact, key: ["id": loser], set: ["merged_into": winner], of: loser)
    }

    private func contactRow(_ contact: ContactID) throws -> SQLRow {
        let row = try connection.row(
            """
            SELECT name, profile_name, username, language, note FROM contact
            WHERE workspace_id = :workspace_id AND id = :id
            """, ["workspace_id": workspace, "id": contact])
        guard let row else { throw PuenteError.noContact }
        return row
    }
}

extension MergeChoices.Column {
    /// Nothing is NULL in some columns and '' in the others.
    fileprivate func stored(_ value: String?) -> SQLValue {
        switch self {
        case .name, .profileName, .note: .text(value ?? "")
        case .username, .language: value.map(SQLValue.text) ?? .null
        }
    }
}
