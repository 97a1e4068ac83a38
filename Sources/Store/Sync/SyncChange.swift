package import Domain

/// A value that went from one side to the other, or waits for a person.
package struct SyncChange: Hashable, Sendable {
    package enum Kind: String, SQLConvertible, CaseIterable, Sendable {
        /// Puente has the CRM's value.
        case taken
        /// The CRM has Puente's.
        case given
        case conflict, resolved
        /// Puente has again what it had before.
        case putBack = "put_back"

        /// Whether it replaced a value, which can be put back.
        package var hasReplaced: Bool {
            switch self {
            case .taken, .given, .putBack: true
            case .conflict, .resolved: false
            }
        }
    }

    package let id: SyncChangeID
    package let connection: ConnectionID
    /// As they were known then: of a person who was merged since, another one.
    package let contact: ContactID
    package let at: Timestamp
    package let local: LocalField
    /// The CRM's own name of its field.
    package let remote: String
    package let kind: Kind
    /// Of ours where it was taken or put back, of theirs where it was given; blank for nothing. Of a conflict, ours.
    package let before: String
    /// Of a conflict, theirs.
    package let after: String
    package let cause: SyncCause
    package let actor: String
    package let run: Int64?
    package let putBackAt: Timestamp?
    package let putBackBy: String?
}

extension SyncChange {
    /// Of a field in which the CRM may be right. What only Puente knows is put back by nobody.
    static let isOfBothSides: String = {
        let ours = LocalField.common.filter { !$0.canBeTaken }.map { "'\($0.rawValue)'" }
        return "local NOT IN (\(ours.joined(separator: ", ")))"
    }()

    static let columns = """
        id, connection_id, contact_id, at, local, remote, kind, before, after, cause, actor, run_id, put_back_at,
            put_back_by
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        connection = try row.get("connection_id")
        contact = try row.get("contact_id")
        at = try row.get("at")
        local = try row.get("local")
        remote = try row.get("remote")
        kind = try row.get("kind")
        before = try row.get("before")
        after = try row.get("after")
        cause = try row.get("cause")
        actor = try row.get("actor")
        run = try row.get("run_id")
        putBackAt = try row.get("put_back_at")
        putBackBy = try row.get("put_back_by")
    }
}

extension SyncCause: SQLConvertible {}

/// A change that is about to be written down.
struct SyncChangeDraft {
    let contact: ContactID
    let local: LocalField
    let remote: String
    let kind: SyncChange.Kind
    let before: String
    let after: String
    /// The person who decided it; nil where the turn's own actor stands.
    var decidedBy: String?

    /// Nobody edits what moves with every message.
    func cause(in turn: SyncTurn) -> SyncCause {
        if decidedBy != nil { return .staff }
        return turn.cause == .edit && local.isRestless ? .message : turn.cause
    }
}

extension SQLConnection {
    func note(_ drafts: [SyncChangeDraft], _ turn: SyncTurn, ids: IDGenerator, at now: Timestamp) throws {
        try executeMany(
            """
            INSERT INTO sync_change
                (id, workspace_id, contact_id, connection_id, at, local, remote, kind, before, after, cause, actor,
                 run_id)
            VALUES
                (:id, :workspace_id, :contact_id, :connection_id, :at, :local, :remote, :kind, :before, :after, :cause,
                 :actor, :run_id)
            """,
            drafts.map { draft in
                [
                    "id": ids.next(SyncChangeRow.self), "workspace_id": turn.workspace, "contact_id": draft.contact,
                    "connection_id": turn.connection, "at": now, "local": draft.local, "remote": draft.remote,
                    "kind": draft.kind, "before": draft.before, "after": draft.after,
                    "cause": draft.cause(in: turn), "actor": draft.decidedBy ?? turn.actor,
                    "run_id": turn.run,
                ]
            })
    }
}
