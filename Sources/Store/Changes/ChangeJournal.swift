import Domain

/// Writes rows of what is known of people, and keeps what they said before: the one way in which edits, imports, merges
/// and bulk actions write, so that each of them can be put back exactly.
///
/// Lives inside one transaction; a long change goes on in further ones under the same id, each opened anew.
struct ChangeJournal {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let change: ChangeID
    private(set) var position: Int
    private var pending: [SQLArguments] = []

    /// Begins a change.
    static func begin(
        _ draft: ChangeDraft, on connection: any SQLConnection, id: ChangeID, in workspace: WorkspaceID,
        at now: Timestamp
    ) throws -> ChangeJournal {
        try connection.execute(
            """
            INSERT INTO change (id, workspace_id, kind, state, title, actor, at, undo_until, detail)
            VALUES (:id, :workspace_id, :kind, 'open', :title, :actor, :at, :undo_until, :detail)
            """,
            [
                "id": id, "workspace_id": workspace, "kind": draft.kind, "title": try JSONText.encode(draft.title),
                "actor": draft.actor, "at": now, "undo_until": now + draft.undoableFor, "detail": draft.detail,
            ])
        return ChangeJournal(connection: connection, workspace: workspace, change: id, position: 0)
    }

    /// Goes on with a change that an earlier transaction began.
    /// - Throws: `conflict` when it is not open any more.
    static func resume(
        _ change: ChangeID, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> ChangeJournal {
        let rows = try connection.value(
            """
            SELECT rows FROM change
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'open' \(connection.dialect.forUpdate)
            """,
            ["workspace_id": workspace, "id": change], as: Int.self)
        guard let rows else { throw PuenteError.changeNotOpen }
        return ChangeJournal(connection: connection, workspace: workspace, change: change, position: rows)
    }

    /// Adds to a change that has ended, so that what belongs together is put back together.
    /// - Returns: nil when it was put back, or is being put back.
    static func extend(
        _ change: ChangeID, on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> ChangeJournal? {
        try connection.value(
            """
            SELECT rows FROM change
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'done' \(connection.dialect.forUpdate)
            """,
            ["workspace_id": workspace, "id": change], as: Int.self
        ).map { ChangeJournal(connection: connection, workspace: workspace, change: change, position: $0) }
    }

    private init(connection: any SQLConnection, workspace: WorkspaceID, change: ChangeID, position: Int) {
        self.connection = connection
        self.workspace = workspace
        self.change = change
        self.position = position
    }

    /// - Parameter row: its columns beside `workspace_id`.
    mutating func insert(_ relation: JournalRelation, _ row: SQLArguments, of contact: ContactID?) throws {
        try insertMany(relation, [(row, contact)])
    }

    /// Rows of the same columns.
    mutating func insertMany(_ relation: JournalRelation, _ rows: [(row: SQLArguments, contact: ContactID?)]) throws {
        guard let first = rows.first else { return }
        let names = ["workspace_id"] + first.row.pairs.map(\.name)
        try connection.executeMany(
            """
            INSERT INTO \(relation.rawValue) (\(names.joined(separator: ", ")))
            VALUES (\(names.map { ":\($0)" }.joined(separator: ", ")))
            """, rows.map { scoped($0.row) })
        for (row, contact) in rows {
            let image = RowImage(row)
            try note(relation, key: image.keeping(relation.key), before: nil, after: image, of: contact)
        }
    }

    /// Changes the columns of one row. A row that says so already, or is not there, is left alone.
    /// - Returns: whether anything changed.
    @discardableResult
    mutating func update(
        _ relation: JournalRelation, key: SQLArguments, set columns: SQLArguments, of contact: ContactID?
    ) throws -> Bool {
        let image = RowImage(columns)
        guard let row = try read(relation, key: key, columns: image.names) else { return false }
        let before = RowImage(row)
        let after = image.keeping(image.names.filter { before.columns[$0] != image.columns[$0] })
        guard !after.columns.isEmpty else { return false }
        let sets = after.names.map { "\($0) = :set_\($0)" }.joined(separator: ", ")
        var arguments = scoped(key)
        for name in after.names { arguments.set("set_\(name)", after.columns[name]) }
        try connection.execute("UPDATE \(relation.rawValue) SET \(sets) WHERE \(relation.condition)", arguments)
        try note(relation, key: RowImage(key), before: before.keeping(after.names), after: after, of: contact)
        return true
    }

    /// - Returns: whether there was such a row.
    @discardableResult
    mutating func delete(_ relation: JournalRelation, key: SQLArguments, of contact: ContactID?) throws -> Bool {
        guard let row = try read(relation, key: key, columns: ["*"]) else { return false }
        try connection.execute("DELETE FROM \(relation.rawValue) WHERE \(relation.condition)", scoped(key))
        let before = RowImage(row).without(["workspace_id"])
        try note(relation, key: RowImage(key), before: before, after: nil, of: contact)
        return true
    }

    /// Writes what was noted. The change stays open for further transactions until it is closed.
    mutating func save(closing isClosed: Bool = true) throws {
        try connection.executeMany(
            """
            INSERT INTO change_row (workspace_id, change_id, position, contact_id, relation, key, before, after)
            VALUES (:workspace_id, :change_id, :position, :contact_id, :relation, :key, :before, :after)
            """, pending)
        pending = []
        try connection.execute(
            "UPDATE change SET rows = :rows, state = :state WHERE workspace_id = :workspace_id AND id = :id",
            [
                "rows": position, "state": isClosed ? "done" : "open", "workspace_id": workspace, "id": change,
            ])
    }

    /// Forgets a change that came to nothing.
    func discard() throws {
        try connection.execute(
            "DELETE FROM change WHERE workspace_id = :workspace_id AND id = :id AND rows = 0",
            ["workspace_id": workspace, "id": change])
    }

    /// Whether nothing was noted so far, in this or an earlier transaction.
    var isEmpty: Bool { position == 0 }

    /// Keeps what one row said and says; whoever calls it has written the row.
    mutating func note(
        _ relation: JournalRelation, key: RowImage, before: RowImage?, after: RowImage?, of contact: ContactID?
    ) throws {
        position += 1
        pending.append([
            "workspace_id": workspace, "change_id": change, "position": position, "contact_id": contact,
            "relation": relation.rawValue, "key": try JSONText.encode(key), "before": try before.map(JSONText.encode),
            "after": try after.map(JSONText.encode),
        ])
    }

    private func read(_ relation: JournalRelation, key: SQLArguments, columns: [String]) throws -> SQLRow? {
        try connection.row(
            """
            SELECT \(columns.joined(separator: ", ")) FROM \(relation.rawValue)
            WHERE \(relation.condition) \(connection.dialect.forUpdate)
            """, scoped(key))
    }

    private func scoped(_ row: SQLArguments) -> SQLArguments {
        var arguments: SQLArguments = ["workspace_id": workspace]
        for (name, value) in row.pairs { arguments.set(name, value) }
        return arguments
    }
}

extension SQLValue: SQLConvertible {
    package var sqlValue: SQLValue { self }
    package static func from(_ value: SQLValue) -> SQLValue? { value }
}

extension PuenteError {
    static let changeNotOpen = PuenteError(
        .conflict, detail: "change_not_open",
        en: "This change has ended or is being undone. Load the page again.",
        es: "Este cambio ya terminó o se está deshaciendo. Vuelva a cargar la página.")
}
