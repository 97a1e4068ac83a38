package import Domain

/// Everything that a connection changed in a span, while it is put back and afterwards.
///
/// A person starts it as `running` and may end it as `stopped`; the program ends it as `done`.
package struct SpanPutBack: Sendable {
    package enum State: String, SQLConvertible, CaseIterable, Sendable { case running, stopped, done }

    package let id: SyncPutBackID
    package let workspace: WorkspaceID
    package let connection: ConnectionID
    package let state: State
    /// From this moment on, and before `to`.
    package let from: Timestamp
    package let to: Timestamp
    /// The last change that was looked at.
    let position: Int64
    /// Fields to put back when it began; nil where nobody counted.
    package let expected: Int?
    package let counts: SyncPutBackCounts
    /// The CRM's fields that can be written; nil where nothing is ruled out.
    let writable: Set<String>?
    /// Whether the CRM said what can be written there.
    package let knowsFields: Bool
    package let actor: String
    package let startedAt: Timestamp
}

extension SpanPutBack {
    static let columns = """
        id, workspace_id, connection_id, state, from_at, to_at, position, expected, counts, writable, knows_fields, actor,
            started_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        connection = try row.get("connection_id")
        state = try row.get("state")
        from = try row.get("from_at")
        to = try row.get("to_at")
        position = try row.get("position")
        expected = try row.get("expected")
        counts = try row.json("counts")
        writable = try row.jsonIfPresent("writable")
        knowsFields = try row.get("knows_fields")
        actor = try row.get("actor")
        startedAt = try row.get("started_at")
    }

    /// Ids of the span's changes.
    var span: Range<Int64> {
        let first = IDGenerator.lowest(at: from)
        return first..<max(first, IDGenerator.lowest(at: to))
    }
}
