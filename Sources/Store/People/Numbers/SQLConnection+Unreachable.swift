import Domain

extension SQLConnection {
    /// Marks the number that a failed message went to, where Meta says that it was undeliverable. News comes late: who was
    /// heard of since then can be reached, and a number that they got since was not meant. One that they had all along, and
    /// that WhatsApp's news confirmed since, was.
    func noteUnreachable(by message: MessageID, in workspace: WorkspaceID) throws {
        let row = try row(
            """
            SELECT m.contact_id, m.account_id, m.failure, m.status_at, m.stored_at, n.portfolio_id FROM message m
            JOIN number n ON n.workspace_id = m.workspace_id AND n.id = m.number_id
            WHERE m.workspace_id = :workspace_id AND m.id = :id AND m.status = 'failed'
            """, ["workspace_id": workspace, "id": message])
        guard let row, try row.failure("failure")?.code == UnreachableNumber.code else { return }
        let (contact, at) = (
            try row.get("contact_id", as: ContactID.self), try row.get("status_at", as: Timestamp.self)
        )
        let recipient = try recipient(
            contact: contact, account: row.get("account_id"), portfolio: row.get("portfolio_id"), in: workspace)
        guard case .phone(let address)? = recipient, try !hasLived(contact, since: at, in: workspace) else { return }
        try execute(
            """
            UPDATE handle SET
                unreachable_since = COALESCE(unreachable_since, :at), unreachable_at = :at,
                unreachable_count = COALESCE(unreachable_count, 0) + 1, unreachable_message = :message
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND kind = 'phone' AND address = :address
                AND valid_to IS NULL AND COALESCE(unreachable_message, 0) <> :message
                AND (valid_from <= :stored_at OR EXISTS (
                    SELECT 1 FROM handle x
                    WHERE x.workspace_id = handle.workspace_id AND x.contact_id = handle.contact_id
                        AND x.kind = handle.kind AND x.value = handle.value
                        AND x.evidence IN \(HandleEvidence.claimList)
                        AND x.valid_from <= :stored_at AND x.valid_to = handle.valid_from))
            """,
            [
                "at": at, "stored_at": try row.get("stored_at", as: Timestamp.self),
                "message": message, "workspace_id": workspace, "contact_id": contact, "address": address,
            ])
    }

    /// Whether the contact wrote, or a message reached them, later than that.
    private func hasLived(_ contact: ContactID, since at: Timestamp, in workspace: WorkspaceID) throws -> Bool {
        try row(
            """
            SELECT 1 AS one FROM message
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND (
                (is_inbound = 1 AND meta_at > :at)
                OR (is_inbound = 0 AND status IN ('delivered', 'read', 'played') AND status_at > :at)
            )
            LIMIT 1
            """, ["workspace_id": workspace, "contact_id": contact, "at": at]) != nil
    }

    /// Takes the marks off numbers of which something was heard since.
    func liftUnreachable(_ signs: SignsOfLife, in workspace: WorkspaceID) throws {
        guard !signs.contacts.isEmpty else { return }
        let list = SQLValueList("contact", signs.contacts)
        let marked = try rows(
            """
            SELECT x.id, x.contact_id, x.account_id, x.value, x.unreachable_at FROM handle x
            WHERE x.workspace_id = :workspace_id AND x.contact_id IN \(list.sql) AND \(UnreachableNumber.holds())
            """, list.arguments(["workspace_id": workspace]))
        let lifted = try marked.filter(signs.tell)
        guard !lifted.isEmpty else { return }
        try executeMany(
            "UPDATE handle SET \(UnreachableNumber.cleared) WHERE workspace_id = :workspace_id AND id = :id",
            try lifted.map { ["workspace_id": workspace, "id": try $0.get("id", as: HandleID.self)] })
    }

    /// Somebody wants these messages tried again: whether they arrive says more than what was known so far of the numbers
    /// to which they go now. Other numbers of the same people keep their marks.
    func forgetUnreachable(at messages: [MessageID], in workspace: WorkspaceID) throws {
        guard !messages.isEmpty else { return }
        let list = SQLValueList("message", messages)
        let threads = try rows(
            """
            SELECT DISTINCT m.contact_id, m.account_id, n.portfolio_id FROM message m
            JOIN number n ON n.workspace_id = m.workspace_id AND n.id = m.number_id
            WHERE m.workspace_id = :workspace_id AND m.id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace]))
        for thread in threads {
            let contact: ContactID = try thread.get("contact_id")
            let recipient = try recipient(
                contact: contact, account: thread.get("account_id"), portfolio: thread.get("portfolio_id"),
                in: workspace)
            guard case .phone(let address)? = recipient else { continue }
            try execute(
                """
                UPDATE handle SET \(UnreachableNumber.cleared)
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND kind = 'phone'
                    AND address = :address AND valid_to IS NULL AND unreachable_since IS NOT NULL
                """, ["workspace_id": workspace, "contact_id": contact, "address": address])
        }
    }

    /// How many contacts cannot be reached at any number of theirs.
    func unreachableContacts(in workspace: WorkspaceID) throws -> Int {
        try value(
            """
            SELECT COUNT(*) AS people FROM (\(UnreachableNumber.source)) found
            CROSS JOIN contact p
            WHERE p.id = found.id AND p.workspace_id = :workspace_id AND p.merged_into IS NULL
                AND \(UnreachableNumber.isEverywhere)
            """, ["workspace_id": workspace], as: Int.self) ?? 0
    }

    /// Which of the contacts have no number but those that are marked.
    func unreachable(among contacts: [ContactID], in workspace: WorkspaceID) throws -> Set<ContactID> {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        let found = try rows(
            """
            SELECT p.id FROM contact p
            WHERE p.workspace_id = :workspace_id AND p.id IN \(list.sql) AND \(UnreachableNumber.isEverywhere)
            """, list.arguments(["workspace_id": workspace]))
        return Set(try found.map { try $0.get("id") })
    }
}

/// Of whom something was heard, and when last: they wrote, or a message reached them.
struct SignsOfLife {
    private struct Sign: Hashable {
        let contact: ContactID
        /// Which of a merged person's accounts.
        let account: ContactID
        /// The number as handles know it; nil where WhatsApp named none: then it is the account that lives.
        let number: String?
    }

    private var signs: [Sign: Timestamp] = [:]

    var contacts: [ContactID] { Set(signs.keys.map(\.contact)).sorted() }

    mutating func note(_ person: Correspondent, number: String?, at: Timestamp) {
        let sign = Sign(contact: person.contact, account: person.account ?? person.contact, number: number)
        signs[sign] = max(signs[sign] ?? at, at)
    }

    /// Whether they tell that a marked number is reached.
    /// - Parameter row: `contact_id`, `account_id`, `value`, `unreachable_at`.
    func tell(_ row: SQLRow) throws -> Bool {
        let contact: ContactID = try row.get("contact_id")
        let account: ContactID = try row.get("account_id") ?? contact
        let (value, at) = (try row.get("value", as: String.self), try row.get("unreachable_at", as: Timestamp.self))
        return signs.contains { sign, heard in
            guard sign.contact == contact, heard >= at else { return false }
            return sign.number.map { $0 == value } ?? (sign.account == account)
        }
    }
}
