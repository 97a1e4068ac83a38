package import Domain

/// A conversation as lists and its head show it.
package struct ConversationSummary: Sendable {
    package struct LastMessage: Sendable {
        package let id: MessageID
        package let content: MessageContent
        package let isInbound: Bool
        package let status: MessageStatus
        /// Deleted for everybody: its content is not shown.
        package let isRevoked: Bool
    }

    package let id: ConversationID
    package let person: PersonSummary
    package let number: NumberID
    /// The business number's name in the configuration, and as people write it.
    package let numberName: String
    package let displayNumber: String
    package let isClosed: Bool
    package let owner: ConversationOwner
    /// Of the person who owns it.
    package let ownerName: String?
    /// Grows with each change of owner or state: hand it back to change them.
    package let ownerVersion: Int64
    package let unread: Int
    /// Meta's time of the customer's first message without an answer.
    package let waitingSince: Timestamp?
    /// Meta's time of the customer's last message: the service window counts from it.
    package let lastInboundAt: Timestamp?
    package let lastMessageAt: Timestamp
    /// One line of the newest message, also when the message itself was pruned; empty when it was deleted for everybody.
    package let preview: String
    package let last: LastMessage?
    /// Something for or from this customer is among the dead letters.
    package let hasDeadLetter: Bool
    package let createdAt: Timestamp

    /// When the service window ends or ended; nil when the customer never wrote.
    package var windowEnds: Timestamp? { CustomerServiceWindow.end(lastInbound: lastInboundAt) }
}

extension ConversationSummary {
    static let columns = """
        c.id, c.number_id, c.state, c.owner, c.owner_staff_id, c.owner_version, c.last_inbound_at, c.waiting_since,
            c.last_message_at, c.last_preview, c.unread, c.created_at, n.slug AS number_slug, n.display_number,
            s.name AS owner_name, m.id AS last_id, m.kind AS last_kind, m.content AS last_content,
            m.is_inbound AS last_is_inbound, m.status AS last_status, m.revoked_at AS last_revoked_at,
            \(PersonSummary.columns),
            CASE WHEN EXISTS (
                SELECT 1 FROM job j
                WHERE j.workspace_id = c.workspace_id AND j.ordering_key = c.contact_id AND j.state = 'discarded'
            ) THEN 1 ELSE 0 END AS has_dead_letter
        """

    static let tables = "FROM conversation c \(joins)"

    static let joins = """
        JOIN contact p ON p.id = c.contact_id AND p.workspace_id = c.workspace_id
        JOIN number n ON n.id = c.number_id AND n.workspace_id = c.workspace_id
        LEFT JOIN staff s ON s.id = c.owner_staff_id AND s.workspace_id = c.workspace_id
        LEFT JOIN message m ON m.id = c.last_message_id AND m.workspace_id = c.workspace_id
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        person = try PersonSummary(row)
        number = try row.get("number_id")
        numberName = try row.get("number_slug")
        displayNumber = try row.get("display_number")
        isClosed = try row.get("state") == "closed"
        owner = try row.owner
        ownerName = try row.get("owner_name")
        ownerVersion = try row.get("owner_version")
        unread = try row.get("unread")
        waitingSince = try row.get("waiting_since")
        lastInboundAt = try row.get("last_inbound_at")
        lastMessageAt = try row.get("last_message_at")
        preview = try row.get("last_preview")
        last = try LastMessage(row)
        hasDeadLetter = try row.get("has_dead_letter")
        createdAt = try row.get("created_at")
    }
}

extension ConversationSummary.LastMessage {
    fileprivate init?(_ row: SQLRow) throws {
        guard let id = try row.get("last_id", as: MessageID?.self) else { return nil }
        self.id = id
        content = try row.content("last_content", kind: "last_kind")
        isInbound = try row.get("last_is_inbound")
        status = try row.get("last_status")
        isRevoked = try row.get("last_revoked_at", as: Timestamp?.self) != nil
    }
}
