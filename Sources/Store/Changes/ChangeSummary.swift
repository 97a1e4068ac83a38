package import Domain

/// A change as lists show it.
package struct ChangeSummary: Sendable {
    package enum State: String, SQLConvertible, Sendable {
        /// Still being made.
        case open
        case done
        /// Being put back.
        case undoing
        case undone
    }

    package let id: ChangeID
    package let kind: ChangeDraft.Kind
    package let state: State
    package let title: LocalizedText
    package let actor: String
    package let at: Timestamp
    /// Rows that it wrote.
    package let rows: Int
    package let undoUntil: Timestamp
    package let undoneAt: Timestamp?
    /// When somebody asked for it to be put back; nil unless that is under way.
    package let undoBegan: Timestamp?
    package let undoneBy: String?
    /// Rows put back so far.
    package let undoneRows: Int
    /// Rows that were changed again since and so stayed as they are.
    package let keptRows: Int
    /// JSON of whoever made it.
    package let detail: String

    package func isUndoable(at now: Timestamp) -> Bool {
        state == .done && now < undoUntil
    }
}

extension ChangeSummary {
    static let columns = """
        id, kind, state, title, actor, at, rows, undo_until, undone_at, undone_by, undone_rows, kept_rows, detail
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        state = try row.get("state")
        title = try row.json("title")
        actor = try row.get("actor")
        at = try row.get("at")
        rows = try row.get("rows")
        undoUntil = try row.get("undo_until")
        // Until it is over the column says when it began.
        let moment: Timestamp? = try row.get("undone_at")
        undoneAt = state == .undone ? moment : nil
        undoBegan = state == .undoing ? moment : nil
        undoneBy = try row.get("undone_by")
        undoneRows = try row.get("undone_rows")
        keptRows = try row.get("kept_rows")
        detail = try row.get("detail")
    }
}
