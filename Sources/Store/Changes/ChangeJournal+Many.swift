import Domain

extension ChangeJournal {
    /// Changes columns of all rows that a condition finds, by one statement; each row that said something else is kept
    /// in the journal as by ``update(_:key:set:of:)``.
    ///
    /// - Parameters:
    ///   - condition: on the table's own columns, beside that on the workspace.
    ///   - arguments: the condition's; their names are not those of `columns`.
    /// - Returns: how many rows changed.
    @discardableResult
    mutating func updateAll(
        _ relation: JournalRelation, where condition: String, _ arguments: SQLArguments, set columns: SQLArguments,
        of contact: ContactID?
    ) throws -> Int {
        let image = RowImage(columns)
        let found = "workspace_id = :workspace_id AND \(condition)"
        let scoped = SQLArguments([("workspace_id", workspace.sqlValue)] + arguments.pairs)
        let rows = try connection.rows(
            """
            SELECT \((relation.key + image.names.filter { !relation.key.contains($0) }).joined(separator: ", "))
            FROM \(relation.rawValue) WHERE \(found) \(connection.dialect.forUpdate)
            """, scoped
        ).map(RowImage.init).filter { $0.keeping(image.names) != image }
        guard !rows.isEmpty else { return 0 }
        let sets = image.names.map { "\($0) = :set_\($0)" }.joined(separator: ", ")
        let values = image.names.map { ("set_\($0)", image.columns[$0] ?? .null) }
        try connection.execute(
            "UPDATE \(relation.rawValue) SET \(sets) WHERE \(found)", SQLArguments(values + scoped.pairs))
        for row in rows {
            let changed = image.names.filter { row.columns[$0] != image.columns[$0] }
            try note(
                relation, key: row.keeping(relation.key), before: row.keeping(changed), after: image.keeping(changed),
                of: contact)
        }
        return rows.count
    }

    /// The rows that a condition finds, whole, without their workspace.
    func rows(_ relation: JournalRelation, where condition: String, _ arguments: SQLArguments) throws -> [RowImage] {
        try connection.rows(
            """
            SELECT * FROM \(relation.rawValue)
            WHERE workspace_id = :workspace_id AND \(condition) \(connection.dialect.forUpdate)
            """, SQLArguments([("workspace_id", workspace.sqlValue)] + arguments.pairs)
        ).map { RowImage($0).without(["workspace_id"]) }
    }
}
