import Domain

/// An open conversation, as far as a merge weighs it.
private struct OpenConversation {
    let id: ConversationID
    let contact: ContactID
    let number: NumberID
    let lastInbound: Timestamp?
    let lastMessage: Timestamp
    let waitingSince: Timestamp?
    let unread: Int
    let owner: ConversationOwner
    let version: Int64

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        contact = try row.get("contact_id")
        number = try row.get("number_id")
        lastInbound = try row.get("last_inbound_at")
        lastMessage = try row.get("last_message_at")
        waitingSince = try row.get("waiting_since")
        unread = try row.get("unread")
        owner = try row.owner
        version = try row.get("owner_version")
    }
}

extension ContactMerge {
    /// A person has one open conversation on a number. Of two the one with the newer message of the customer stays open
    /// and takes over what the other leaves: its unread messages, the longer waiting, and the person who had it where
    /// nobody has the one that stays; whoever waited in the queue for a person waits there on, and is not left to
    /// automation. The other closes. Closed ones only change hands.
    mutating func moveConversations() throws {
        for contact in [winner, loser] {
            try journal.updateAll(
                .conversation, where: "contact_id = :contact AND account_id IS NULL", ["contact": contact],
                set: ["account_id": contact], of: contact)
        }
        for pair in try openPairs() { try close(pair.closing, under: pair.staying) }
        try journal.updateAll(
            .conversation, where: "contact_id = :contact", ["contact": loser], set: ["contact_id": winner], of: loser)
        let all = try connection.rows(
            "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id = :contact_id",
            ["workspace_id": workspace, "contact_id": winner])
        report.conversations[workspace, default: []].formUnion(try all.map { try $0.get("id") })
    }

    private func openPairs() throws -> [(staying: OpenConversation, closing: OpenConversation)] {
        let open = try connection.rows(
            """
            SELECT id, contact_id, number_id, last_inbound_at, last_message_at, waiting_since, unread, owner,
                owner_staff_id, owner_version
            FROM conversation
            WHERE workspace_id = :workspace_id AND contact_id IN (:winner, :loser) AND state = 'open'
            ORDER BY id \(connection.dialect.forUpdate)
            """, ["workspace_id": workspace, "winner": winner, "loser": loser]
        ).map(OpenConversation.init)
        return open.filter { $0.contact == winner }.compactMap { own in
            guard let other = open.first(where: { $0.contact == loser && $0.number == own.number }) else { return nil }
            return isNewer(other, own) ? (other, own) : (own, other)
        }
    }

    /// By the customer's last message, then by the last of all. Of equals the winner's stays.
    private func isNewer(_ other: OpenConversation, _ own: OpenConversation) -> Bool {
        let zero = Timestamp(milliseconds: 0)
        let inbound = (other.lastInbound ?? zero, own.lastInbound ?? zero)
        return inbound.0 == inbound.1 ? other.lastMessage > own.lastMessage : inbound.0 > inbound.1
    }

    /// Each column that somebody may change afterwards is a step of its own: an undo puts back those that nobody touched.
    private mutating func close(_ closing: OpenConversation, under staying: OpenConversation) throws {
        try set(["state": "closed", "owner_version": closing.version + 1], of: closing)
        try set(["waiting_since": Timestamp?.none], of: closing)
        try set(["unread": 0], of: closing)
        let waiting = [closing.waitingSince, staying.waitingSince].compactMap(\.self).min()
        try set(["waiting_since": waiting], of: staying)
        try set(["unread": staying.unread + closing.unread], of: staying)
        try handOver(closing, to: staying)
    }

    private mutating func handOver(_ closing: OpenConversation, to staying: OpenConversation) throws {
        let version = staying.version + 1
        switch (closing.owner, staying.owner) {
        case (.person(let staff), .automation), (.person(let staff), .queue):
            try set(["owner": "person", "owner_staff_id": staff, "owner_version": version], of: staying)
        case (.queue, .automation) where closing.waitingSince != nil:
            try set(["owner": "queue", "owner_version": version], of: staying)
        case (.queue, _), (.automation, _), (.person, .person): return
        }
    }

    private mutating func set(_ columns: SQLArguments, of conversation: OpenConversation) throws {
        try journal.update(.conversation, key: ["id": conversation.id], set: columns, of: conversation.contact)
    }
}
