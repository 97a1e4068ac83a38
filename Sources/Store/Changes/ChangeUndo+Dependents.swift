import Domain

/// Rows that a change made, and that others have come to depend on since.
extension ChangeUndo {
    /// The keys of those of the run's rows that are not taken away again: a contact whom somebody has to do with since, the
    /// addresses by which such a contact is known, a label or field that is used.
    func keysThatStay(_ run: [Step]) throws -> Set<RowImage> {
        guard let first = run.first, first.before == nil, first.after != nil else { return [] }
        switch first.relation {
        case .contact:
            let contacts = run.compactMap { $0.key.columns["id"] }
            let stay = try staying(contacts).union(try users("handle", "contact_id", of: contacts))
            return keys(of: run) { $0.key.columns["id"].map(stay.contains) ?? false }
        case .handle:
            let stay = try staying(try made(among: run.compactMap { $0.after?.columns["contact_id"] }))
            return keys(of: run) { $0.after?.columns["contact_id"].map(stay.contains) ?? false }
        case .remoteRef:
            // Its record is how such a contact is known to a CRM: without it the next message would be searched for one.
            let made = try made(among: run.compactMap { $0.key.columns["local_id"] })
            let stay = try staying(made, butForRecordsOf: first.key.columns["connection_id"])
            return keys(of: run) { $0.key.columns["local_id"].map(stay.contains) ?? false }
        case .label:
            let asked = try connection.askedFor(in: workspace)
            return try keysInUse(run, "contact_label", "label_id", or: Set(asked.labels.map(\.sqlValue)))
        case .field:
            let asked = try connection.askedFor(in: workspace)
            return try keysInUse(run, "contact_field", "field_id", or: Set(asked.fields.map(\.sqlValue)))
        case .segment, .conversation, .message, .duplicate, .contactLabel, .contactField, .contactState, .consentEntry,
            .consent, .optIn, .firstContact, .labelRule, .labelRuleExemption:
            return []
        }
    }

    /// What only describes a contact goes with it: labels and values that a bulk action gave it, whom it was compared with,
    /// and what it had to do with its record.
    func deleteBelongings(of contacts: [SQLValue]) throws {
        let belongings = [
            ("contact_label", "contact_id"), ("contact_field", "contact_id"), ("duplicate_key", "contact_id"),
            ("label_rule_exemption", "contact_id"), ("sync_state", "contact_id"), ("sync_due", "contact_id"),
            ("sync_conflict", "contact_id"), ("sync_decision", "contact_id"), ("sync_change", "contact_id"),
            ("duplicate", "contact_a"), ("duplicate", "contact_b"),
        ]
        let list = SQLValueList("contact", contacts)
        for (table, column) in belongings {
            try connection.execute(
                "DELETE FROM \(table) WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql)",
                list.arguments(["workspace_id": workspace]))
        }
    }

    private func keys(of run: [Step], where stays: (Step) -> Bool) -> Set<RowImage> {
        Set(run.filter(stays).map(\.key))
    }

    /// - Parameter asked: ids for which a segment or rule asks.
    private func keysInUse(
        _ run: [Step], _ table: String, _ column: String, or asked: Set<SQLValue>
    ) throws -> Set<RowImage> {
        let used = try users(table, column, of: run.compactMap { $0.key.columns["id"] }).union(asked)
        return keys(of: run) { $0.key.columns["id"].map(used.contains) ?? false }
    }

    /// Which of the values a column of another table names.
    private func users(_ table: String, _ column: String, of values: [SQLValue]) throws -> Set<SQLValue> {
        guard !values.isEmpty else { return [] }
        let list = SQLValueList("value", values)
        return Set(
            try connection.rows(
                """
                SELECT DISTINCT \(column) FROM \(table)
                WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql)
                """, list.arguments(["workspace_id": workspace])
            ).map { try $0.get(column) })
    }

    /// Those of the contacts that this change has brought.
    private func made(among contacts: [SQLValue]) throws -> [SQLValue] {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        return try connection.rows(
            """
            SELECT DISTINCT contact_id FROM change_row \(connection.dialect.byContact)
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND change_id = :change_id
                AND relation = 'contact' AND before IS NULL
            """, list.arguments(["workspace_id": workspace, "change_id": change])
        ).map { try $0.get("contact_id") }
    }

    /// Those of the contacts whom somebody has to do with since: they wrote or were written to, said something of consent,
    /// something stands in the way of writing to them, they are one with somebody else, a CRM has a record of them, they
    /// have an address from elsewhere, or another change that stands is about them. That a bulk action labelled everybody
    /// makes nobody dear.
    /// - Parameter crm: the connection whose records do not count; nil: those of all do.
    private func staying(_ contacts: [SQLValue], butForRecordsOf crm: SQLValue? = nil) throws -> Set<SQLValue> {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        let arguments = list.arguments([
            "workspace_id": workspace, "change_id": change, "but": crm ?? .integer(0),
        ])
        // Whoever is just recording something of them comes first.
        _ = try connection.rows(
            """
            SELECT id FROM contact WHERE workspace_id = :workspace_id AND id IN \(list.sql)
            ORDER BY id \(connection.dialect.forUpdate)
            """, arguments)
        let among = { (column: String) in "workspace_id = :workspace_id AND \(column) IN \(list.sql)" }
        let rows = try connection.rows(
            """
            SELECT contact_id AS id FROM conversation WHERE \(among("contact_id"))
            UNION SELECT contact_id FROM message WHERE \(among("contact_id"))
            UNION SELECT contact_id FROM consent_entry WHERE \(among("contact_id"))
            UNION SELECT contact_id FROM opt_in WHERE \(among("contact_id"))
            UNION SELECT contact_id FROM contact_state WHERE \(among("contact_id"))
            UNION SELECT id FROM contact WHERE \(among("id")) AND merged_into IS NOT NULL
            UNION SELECT merged_into FROM contact WHERE \(among("merged_into"))
            UNION SELECT r.local_id FROM connection k
                CROSS JOIN remote_ref r
                WHERE k.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.connection_id = k.id
                    AND k.id <> :but AND r.entity = 'contact' AND r.local_id IN \(list.sql)
            UNION SELECT h.contact_id FROM handle h
                WHERE h.\(among("contact_id")) AND NOT EXISTS (
                    SELECT 1 FROM change_row o \(connection.dialect.byContact)
                    WHERE o.workspace_id = h.workspace_id AND o.contact_id = h.contact_id AND o.change_id = :change_id
                        AND o.relation = 'handle' AND o.before IS NULL
                        AND o.key = '{"id":' || CAST(h.id AS TEXT) || '}'
                )
            UNION SELECT o.contact_id FROM change_row o \(connection.dialect.byContact)
                JOIN change g ON g.workspace_id = o.workspace_id AND g.id = o.change_id
                WHERE o.\(among("contact_id")) AND o.change_id <> :change_id AND g.state <> 'undone'
                    AND g.kind <> 'bulk'
            """, arguments)
        return Set(try rows.map { try $0.get("id") })
    }
}
