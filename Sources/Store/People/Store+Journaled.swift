import Domain

extension Store {
    /// One change in one transaction. One that changed nothing leaves no trace.
    /// - Returns: the change, nil when there is none, and what the body returned.
    @discardableResult
    func journaled<Value: Sendable>(
        _ title: LocalizedText, by actor: String, in workspace: WorkspaceID,
        _ body: @escaping @Sendable (inout ChangeJournal, Timestamp) throws -> Value
    ) async throws -> (change: ChangeID?, value: Value) {
        let id = ids.next(ChangeRow.self)
        let now = now()
        return try await database.write(on: .work) { connection in
            var journal = try ChangeJournal.begin(
                ChangeDraft(.edit, title: title, actor: actor), on: connection, id: id, in: workspace, at: now)
            let value = try body(&journal, now)
            guard !journal.isEmpty else {
                try connection.execute(
                    "DELETE FROM change WHERE workspace_id = :workspace_id AND id = :id",
                    ["workspace_id": workspace, "id": id])
                return (nil, value)
            }
            try journal.save()
            return (id, value)
        }
    }
}

extension ChangeJournal {
    /// Those of the contacts that are there and were not merged, in the order of their ids. On PostgreSQL nobody else
    /// changes what is known of them before this transaction ends.
    func lock(_ contacts: [ContactID]) throws -> [ContactID] {
        try connection.lockContacts(contacts, in: workspace)
    }

    /// - Throws: `SQLError.conflict` when one of them was merged or erased since it was read; the transaction runs again.
    func hold(_ contacts: Set<ContactID>) throws {
        guard connection.dialect == .postgres else { return }
        guard try lock(contacts.sorted()).count == contacts.count else {
            throw SQLError.conflict("a contact was merged meanwhile")
        }
    }

    /// - Throws: `notFound` when the contact is not there, or was merged into another.
    func lock(_ contact: ContactID) throws {
        guard try lock([contact]) == [contact] else { throw PuenteError.noContact }
    }
}

extension SQLConnection {
    /// As ``ChangeJournal/lock(_:)-([ContactID])``, before there is a journal.
    func lockContacts(_ contacts: [ContactID], in workspace: WorkspaceID) throws -> [ContactID] {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        return try rows(
            """
            SELECT id FROM contact
            WHERE workspace_id = :workspace_id AND id IN \(list.sql) AND merged_into IS NULL
            ORDER BY id \(dialect.forUpdate)
            """, list.arguments(["workspace_id": workspace])
        ).map { try $0.get("id") }
    }
}
