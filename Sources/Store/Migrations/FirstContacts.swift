extension Migration {
    /// The portfolio's limit, and whom it counts.
    static let firstContacts = Migration(number: 3, name: "count first contacts", oldestCompatible: 1) { sql in
        [
            "ALTER TABLE number ADD COLUMN messaging_limit TEXT",  // as Meta says it; NULL while it has said nothing
            """
            CREATE TABLE first_contact (          -- people written to outside their service window, and when last
                workspace_id \(sql.bigint) NOT NULL,
                portfolio_id \(sql.text) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                at           \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, portfolio_id, contact_id)
            ) \(sql.strict)
            """,
            "CREATE INDEX first_contact_at ON first_contact (workspace_id, portfolio_id, at)",
            "CREATE INDEX first_contact_old ON first_contact (at)",
        ]
    }
}
