import Domain

/// Puts a change back, a slice of its rows in each transaction, the last row first.
///
/// A row that still says what the change wrote gets what it said before. One that was changed again since stays as it is
/// and is counted: what came later is somebody's intent, too. Columns that only follow from others, or say when a row was
/// last changed, stand in nothing's way; they go back only where nothing else was changed since.
///
/// What follows from the rows follows again: contacts are searched by what they are called by now, and consent is what
/// the entries come to that are left.
struct ChangeUndo {
    /// Rows in one transaction: few enough that nobody waits long for SQLite's one writer.
    static let slice = 200
    /// Up to so many rows whoever asks waits for.
    static let atOnce = 1000

    let connection: any SQLConnection
    let workspace: WorkspaceID
    let change: ChangeID
    /// Called for each contact whose names or addresses were put back.
    var tell: (ContactID) throws -> Void = { _ in }

    /// - Returns: whether all of it has been gone through.
    func putBackSlice() throws -> Bool {
        let rows = try connection.rows(
            """
            SELECT position, contact_id, relation, key, before, after FROM change_row
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND outcome IS NULL
            ORDER BY position DESC LIMIT \(Self.slice)
            """,
            ["workspace_id": workspace, "change_id": change])
        var outcomes: [SQLArguments] = []
        var named: Set<ContactID> = []
        var consenting: Set<ContactID> = []
        for row in rows {
            let step = try Step(row)
            let isRestored = try putBack(step)
            if isRestored, step.namesContact { named.formUnion(try whoseNames(step)) }
            consenting.formUnion(step.whoseConsent)
            outcomes.append([
                "outcome": isRestored ? "restored" : "kept", "workspace_id": workspace, "change_id": change,
                "position": step.position,
            ])
        }
        try connection.executeMany(
            """
            UPDATE change_row SET outcome = :outcome
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND position = :position
            """, outcomes)
        try count(outcomes)
        try connection.recomputeConsent(of: consenting, in: workspace)
        for contact in named.sorted() {
            try connection.writeSearchText(of: contact, in: workspace)
            try tell(contact)
        }
        return rows.count < Self.slice
    }

    /// A handle that moved from one contact to another concerns both.
    private func whoseNames(_ step: Step) throws -> [ContactID] {
        let images = [step.key, step.before, step.after].compactMap(\.self)
        let column = step.relation == .contact ? "id" : "contact_id"
        let named = images.compactMap { $0.columns[column].flatMap(ContactID.from) } + [step.contact].compactMap(\.self)
        guard step.relation == .handle, let now = try current(step)["contact_id"].flatMap(ContactID.from) else {
            return named
        }
        return named + [now]
    }

    private func count(_ outcomes: [SQLArguments]) throws {
        let kept = outcomes.count { $0.value(of: "outcome", expectedAt: 0) == .text("kept") }
        try connection.execute(
            """
            UPDATE change SET undone_rows = undone_rows + :restored, kept_rows = kept_rows + :kept
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["restored": outcomes.count - kept, "kept": kept, "workspace_id": workspace, "id": change])
    }

    /// One row of a change: of which table, which row, what it said before and after.
    struct Step {
        let position: Int
        let contact: ContactID?
        let relation: JournalRelation
        let key: RowImage
        let before: RowImage?
        let after: RowImage?

        init(_ row: SQLRow) throws {
            position = try row.get("position")
            let name: String = try row.get("relation")
            guard let relation = JournalRelation(rawValue: name) else {
                throw SQLError.decoding("a change of an unknown table, \(name)")
            }
            self.relation = relation
            contact = try row.get("contact_id")
            key = try row.json("key")
            before = try row.jsonIfPresent("before")
            after = try row.jsonIfPresent("after")
        }

        /// Whose ledger of consent has another entry now, or one less.
        var whoseConsent: [ContactID] {
            guard relation == .consentEntry else { return [] }
            return [before, after].compactMap { $0?.columns["contact_id"].flatMap(ContactID.from) }
        }

        /// Whether a contact may be found by something else now.
        var namesContact: Bool { relation == .contact || relation == .handle }
    }

    private func putBack(_ step: Step) throws -> Bool {
        var key = step.key.arguments
        key.set("workspace_id", workspace)
        let columns = step.after.map { $0.names.joined(separator: ", ") } ?? step.relation.key.joined(separator: ", ")
        let row = try connection.row(
            """
            SELECT \(columns) FROM \(step.relation.rawValue)
            WHERE \(step.relation.condition) \(connection.dialect.forUpdate)
            """, key)
        let found = row.map(RowImage.init)
        guard found?.essential == step.after?.essential else { return false }
        switch (step.before, step.after) {
        case (let before?, .some):
            return try update(step, to: found == step.after ? before : before.essential, key: key)
        case (let before?, nil): return try insert(step, before)
        case (nil, .some): return try delete(step, key: key)
        case (nil, nil): return true
        }
    }

    private func update(_ step: Step, to before: RowImage, key: SQLArguments) throws -> Bool {
        guard !before.columns.isEmpty else { return true }
        guard try isFree(step, before) else { return false }
        var arguments = key
        for name in before.names { arguments.set("set_\(name)", before.columns[name]) }
        let sets = before.names.map { "\($0) = :set_\($0)" }.joined(separator: ", ")
        try connection.execute(
            "UPDATE \(step.relation.rawValue) SET \(sets) WHERE \(step.relation.condition)", arguments)
        return true
    }

    private func insert(_ step: Step, _ before: RowImage) throws -> Bool {
        guard try isFree(step, before) else { return false }
        let names = ["workspace_id"] + before.names
        var arguments = before.arguments
        arguments.set("workspace_id", workspace)
        let inserted = try connection.execute(
            """
            INSERT INTO \(step.relation.rawValue) (\(names.joined(separator: ", ")))
            VALUES (\(names.map { ":\($0)" }.joined(separator: ", ")))
            ON CONFLICT DO NOTHING
            """, arguments)
        return inserted == 1
    }

    private func delete(_ step: Step, key: SQLArguments) throws -> Bool {
        guard try !isNeeded(step) else { return false }
        try connection.execute(
            "DELETE FROM \(step.relation.rawValue) WHERE \(step.relation.condition)", key)
        return true
    }
}

extension ChangeUndo {
    /// Whether somebody has come to depend on a row that the change made: a contact who has written since, and the
    /// addresses by which it is known.
    private func isNeeded(_ step: Step) throws -> Bool {
        guard case .integer(let id) = step.key.columns["id"] else { return false }
        switch step.relation {
        case .contact:
            return try exists(
                """
                SELECT 1 AS one FROM handle WHERE workspace_id = :workspace_id AND contact_id = :id
                UNION ALL
                SELECT 1 AS one FROM conversation WHERE workspace_id = :workspace_id AND contact_id = :id
                LIMIT 1
                """, ["workspace_id": workspace, "id": id])
        case .handle:
            return try exists(
                """
                SELECT 1 AS one FROM conversation v
                WHERE v.workspace_id = :workspace_id AND v.contact_id = :contact_id AND EXISTS (
                    SELECT 1 FROM change_row r
                    WHERE r.workspace_id = :workspace_id AND r.contact_id = :contact_id AND r.change_id = :id
                        AND r.relation = 'contact' AND r.before IS NULL
                )
                LIMIT 1
                """, named(step.after?.columns ?? [:], ["contact_id"], id: change.rawValue))
        case .label:
            return try exists(
                "SELECT 1 AS one FROM contact_label WHERE workspace_id = :workspace_id AND label_id = :id LIMIT 1",
                ["workspace_id": workspace, "id": id])
        case .field:
            return try exists(
                "SELECT 1 AS one FROM contact_field WHERE workspace_id = :workspace_id AND field_id = :id LIMIT 1",
                ["workspace_id": workspace, "id": id])
        default: return false
        }
    }

    /// Whether what is unique has not been given to somebody else since: a handle that holds, an open conversation.
    private func isFree(_ step: Step, _ before: RowImage) throws -> Bool {
        guard case .integer(let id) = step.key.columns["id"] else { return try hasItsOwners(step) }
        let row = before.columns.merging(try current(step)) { written, _ in written }
        switch step.relation {
        case .handle where row["valid_to"] == .null:
            return try !exists(
                """
                SELECT 1 AS one FROM handle
                WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                    AND valid_to IS NULL AND id <> :id
                """, named(row, ["kind", "scope", "value"], id: id))
        case .conversation where row["state"] == .text("open"):
            return try !exists(
                """
                SELECT 1 AS one FROM conversation
                WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                    AND state = 'open' AND id <> :id
                """, named(row, ["number_id", "contact_id"], id: id))
        case .label, .segment:
            return try !exists(
                """
                SELECT 1 AS one FROM \(step.relation.rawValue)
                WHERE workspace_id = :workspace_id AND folded = :folded AND id <> :id
                """, named(row, ["folded"], id: id))
        default: return true
        }
    }

    /// What is noted of somebody comes back only while they, and the label or field that it is of, are there.
    private func hasItsOwners(_ step: Step) throws -> Bool {
        let owners =
            switch step.relation {
            case .contactLabel: ["contact": "contact_id", "label": "label_id"]
            case .contactField: ["contact": "contact_id", "field": "field_id"]
            case .contactState: ["contact": "contact_id"]
            default: [String: String]()
            }
        return try owners.allSatisfy { table, column in
            try exists(
                "SELECT 1 AS one FROM \(table) WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": step.key.columns[column] ?? .null])
        }
    }

    private func current(_ step: Step) throws -> [String: SQLValue] {
        var key = step.key.arguments
        key.set("workspace_id", workspace)
        let row = try connection.row(
            "SELECT * FROM \(step.relation.rawValue) WHERE \(step.relation.condition)", key)
        return row.map { RowImage($0).columns } ?? [:]
    }

    private func named(_ row: [String: SQLValue], _ names: [String], id: Int64) -> SQLArguments {
        var arguments: SQLArguments = ["workspace_id": workspace, "id": id]
        for name in names { arguments.set(name, row[name] ?? .null) }
        return arguments
    }

    private func exists(_ sql: String, _ arguments: SQLArguments) throws -> Bool {
        try connection.row(sql, arguments) != nil
    }
}
