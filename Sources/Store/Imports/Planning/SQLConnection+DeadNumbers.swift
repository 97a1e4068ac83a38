import Domain

extension SQLConnection {
    private static var undeliverable: String { "131026" }

    /// Of these contacts those whose newest message from here failed with 131026 (no WhatsApp account, or none that takes
    /// messages), and of whom nothing was heard since. Evidence, not proof: people come back to WhatsApp.
    func deadContacts(among contacts: [ContactID], in workspace: WorkspaceID) throws -> [ContactID] {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        let failures = try rows(
            """
            SELECT m.contact_id, m.failure
            FROM message m
            WHERE m.workspace_id = :workspace_id AND m.contact_id IN \(list.sql) AND m.status = 'failed'
                AND m.id = (
                    SELECT MAX(n.id) FROM message n
                    WHERE n.workspace_id = m.workspace_id AND n.contact_id = m.contact_id
                        AND (n.is_inbound = 1 OR n.status IN ('failed', 'delivered', 'read'))
                )
            """, list.arguments(["workspace_id": workspace]))
        return try failures.compactMap { row in
            guard let failure = try row.get("failure", as: String?.self),
                ShownFailure(failure).code == Self.undeliverable
            else { return nil }
            return try row.get("contact_id")
        }
    }
}
