package import Domain

/// Something that Meta sent and that found no place. Entries of no workspace are shown to all: nobody knows whose they
/// are.
package struct UnroutedEntry: Sendable {
    package enum State: String, CaseIterable, Sendable, SQLConvertible { case open, dismissed, routed }
    package enum Kind: String, CaseIterable, Sendable, SQLConvertible { case body, message, status, other }

    package let id: UnroutedID
    package let intake: IntakeID
    /// Of the update inside its body; -1 for a body that stopped the interpreter. Once it was routed again a negative
    /// number without meaning: the place is free for the next reading.
    package let position: Int
    package let receivedAt: Timestamp
    /// Whose secret signed it; nil when that app is gone.
    package let app: String?
    /// Nil for a reason that a newer release knows.
    package let reason: UnroutedReason?
    /// `changes[].field`.
    package let field: String
    package let kind: Kind
    package let excerpt: String
    package let state: State
    package let settledAt: Timestamp?
    package let settledBy: String?
}

/// An entry with the body that it came in.
package struct UnroutedDetail: Sendable {
    package let entry: UnroutedEntry
    /// As it came, at most ``UnroutedDetail/maxBodyBytes``; nil once it was pruned.
    package let body: [UInt8]?
    package let isBodyCut: Bool
    /// Open entries of the same body, this one included: they are routed again together.
    package let openOfSameBody: Int

    package static let maxBodyBytes = 65_536
}

extension UnroutedEntry {
    static let columns = """
        u.id, u.intake_id, u.position, u.received_at, a.slug AS app, u.reason, u.field, u.kind, u.excerpt, u.state,
            u.settled_at, CASE
                WHEN u.settled_by IS NOT NULL THEN s.name
                WHEN u.state <> 'open' THEN (
                    SELECT t.actor FROM trail t
                    WHERE t.workspace_id = :workspace_id AND t.subject_id = u.id ORDER BY t.id DESC LIMIT 1
                )
            END AS settled_by_name
        """

    static let tables = """
        FROM unrouted u
        LEFT JOIN app a ON a.id = u.app_id
        LEFT JOIN staff s ON s.id = u.settled_by AND s.workspace_id = :workspace_id
        """

    /// What a workspace may see and settle.
    static let isShown = "(u.workspace_id = :workspace_id OR u.workspace_id IS NULL)"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        intake = try row.get("intake_id")
        position = try row.get("position")
        receivedAt = try row.get("received_at")
        app = try row.get("app")
        reason = UnroutedReason(rawValue: try row.get("reason"))
        field = try row.get("field")
        kind = try row.get("kind")
        excerpt = try row.get("excerpt")
        state = try row.get("state")
        settledAt = try row.get("settled_at")
        settledBy = try row.get("settled_by_name")
    }
}
