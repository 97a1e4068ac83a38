extension Migration {
    /// Whoever deletes a contact asks, by the foreign keys, for handles and conversations of that contact, in no workspace:
    /// an index that began with the workspace was walked from end to end for each of them.
    static let contactIndexes = Migration(
        number: 20, name: "find what belongs to a contact that is deleted", oldestCompatible: 1
    ) { sql in
        [
            "DROP INDEX handle_contact",
            // With the id, which SQLite adds by itself: the newest of a contact are asked for, and sessions that go by an index
            // would rather walk the whole primary key than sort two rows.
            "CREATE INDEX handle_contact ON handle (contact_id, workspace_id\(sql == .postgres ? ", id" : ""))",
            "DROP INDEX conversation_contact",
            "CREATE INDEX conversation_contact ON conversation (contact_id, workspace_id, last_inbound_at)",
        ]
    }
}
