extension Migration {
    /// What somebody typed to find contacts may name a person. It stands beside the audit trail, which is only added to.
    static let searchNotes = Migration(
        number: 19, name: "keep what is searched for beside the audit trail", oldestCompatible: 1
    ) { sql in
        [
            """
            CREATE TABLE search_note (            -- what somebody typed to find contacts
                id           \(sql.primaryKey),   -- of the entry in the trail that says who, and when
                workspace_id \(sql.bigint) NOT NULL,
                words        TEXT NOT NULL,
                folded       TEXT NOT NULL,       -- in small letters without accents, as names are compared
                at           \(sql.bigint) NOT NULL  -- of the last letter
            ) \(sql.strict)
            """,
            "CREATE INDEX search_note_recent ON search_note (workspace_id, id)",
        ]
    }
}
