extension Migration {
    /// What contacts are searched and sorted by. The texts of contacts that are there already are written anew beside the
    /// work (`Store.writeSearchTexts`): folding accents is nothing that SQL can do. Until that has ended, searches look
    /// through the contacts themselves.
    static let contactSearch = Migration(number: 10, name: "search contacts", oldestCompatible: 1) { sql in
        contactOrders(sql) + (sql == .sqlite ? sqliteIndex : [])
    }

    private static func contactOrders(_ sql: SQLDialect) -> [String] {
        [
            // The name that is shown, folded; behind all names, the address of those who have none.
            "ALTER TABLE contact ADD COLUMN sort_name \(sql.text) NOT NULL DEFAULT ''",
            "CREATE INDEX contact_named ON contact (workspace_id, sort_name, id) WHERE merged_into IS NULL",
            "CREATE INDEX contact_made ON contact (workspace_id, id) WHERE merged_into IS NULL",
            "CREATE INDEX change_undoing ON change (id) WHERE state = 'undoing'",
            "DROP INDEX contact_updated",  // `contact_listed` answers the same and leaves out who was merged
            """
            INSERT INTO installation (name, value)
            SELECT 'search_texts', 'written' WHERE NOT EXISTS (SELECT 1 FROM contact)
            """,
        ]
    }

    /// The index is brought up to date beside the work, many contacts at a time: one at a time, inside the transactions
    /// that write facts, it costs ten times as much. What waits for it is looked through itself.
    ///
    /// PostgreSQL's index does the same by itself; `ContactIndex.prepare` makes it, since it takes an extension.
    private static var sqliteIndex: [String] {
        [
            """
            CREATE TABLE contact_search_due (     -- contacts whose text the index does not have yet
                contact_id INTEGER PRIMARY KEY
            ) STRICT
            """,
            """
            CREATE VIRTUAL TABLE contact_search USING fts5 (
                search_text, tokenize = 'trigram', detail = 'none', columnsize = 0
            )
            """,
            """
            CREATE TRIGGER contact_search_made AFTER INSERT ON contact BEGIN
                INSERT INTO contact_search_due (contact_id) VALUES (new.id) ON CONFLICT DO NOTHING;
            END
            """,
            """
            CREATE TRIGGER contact_search_changed AFTER UPDATE OF search_text ON contact
            WHEN old.search_text <> new.search_text BEGIN
                INSERT INTO contact_search_due (contact_id) VALUES (new.id) ON CONFLICT DO NOTHING;
            END
            """,
            """
            CREATE TRIGGER contact_search_gone AFTER DELETE ON contact BEGIN
                INSERT INTO contact_search_due (contact_id) VALUES (old.id) ON CONFLICT DO NOTHING;
            END
            """,
        ]
    }
}
