extension Migration {
    /// What a CRM has as a phone number of somebody and nobody can read as one, with the reason. It stands with the link to
    /// the record, and goes with it.
    static let unreadableNumbers = Migration(
        number: 18, name: "keep the numbers of a CRM that cannot be read", oldestCompatible: 1
    ) { sql in
        [
            "ALTER TABLE remote_ref ADD COLUMN unreadable_numbers TEXT NOT NULL DEFAULT '[]'",  // JSON
            "ALTER TABLE remote_ref ADD COLUMN unreadable_count \(sql.bigint) NOT NULL DEFAULT 0",
            // SQLite takes it for counting only where it holds all that is asked for.
            """
            CREATE INDEX remote_ref_unreadable ON remote_ref (workspace_id, connection_id, unreadable_count)
            WHERE unreadable_count > 0
            """,
        ]
    }
}
