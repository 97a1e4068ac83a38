extension Migration {
    /// What is known of phone numbers: what kind they are, and that messages to them could not be delivered. Both of
    /// numbers that are there already are read beside the work (`Store.readNumbers`): what kind a number is, is nothing
    /// that SQL can tell, and all messages are not looked through in one transaction.
    static let numbers = Migration(number: 16, name: "know of phone numbers", oldestCompatible: 1) { sql in
        [
            "ALTER TABLE handle ADD COLUMN number_kind \(sql.text)",  // 'mobile', …; NULL: no phone, or not read yet
            // Of the first message that could not be delivered since anything was heard of the number; NULL: none.
            "ALTER TABLE handle ADD COLUMN unreachable_since \(sql.bigint)",
            "ALTER TABLE handle ADD COLUMN unreachable_at \(sql.bigint)",  // of the last one
            "ALTER TABLE handle ADD COLUMN unreachable_count \(sql.bigint)",
            "ALTER TABLE handle ADD COLUMN unreachable_message \(sql.bigint)",  // the last one
            """
            CREATE INDEX handle_unreachable ON handle (workspace_id, contact_id)
            WHERE unreachable_since IS NOT NULL AND valid_to IS NULL
            """,
            """
            CREATE INDEX handle_number_kind ON handle (workspace_id, number_kind, contact_id)
            WHERE number_kind IS NOT NULL AND valid_to IS NULL
            """,
            "CREATE INDEX handle_unread ON handle (id) WHERE kind = 'phone' AND number_kind IS NULL",
        ]
    }
}
