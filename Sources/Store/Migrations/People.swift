extension Migration {
    /// What a company knows of its customers beside their messages, and every change of it so that it can be put back.
    static let people = Migration(number: 9, name: "keep what is known of people", oldestCompatible: 1) { sql in
        contactColumns(sql) + labelTables(sql) + consentTables(sql) + changeTables(sql)
    }

    private static func contactColumns(_ sql: SQLDialect) -> [String] {
        [
            // Who this contact turned out to be: it is kept for old links, and listed no more.
            "ALTER TABLE contact ADD COLUMN merged_into \(sql.bigint)",
            // In which they are written to: 'es', 'pt_BR'; NULL: unknown.
            "ALTER TABLE contact ADD COLUMN language TEXT",
            "ALTER TABLE contact ADD COLUMN note TEXT NOT NULL DEFAULT ''",
            "CREATE INDEX contact_listed ON contact (workspace_id, updated_at, id) WHERE merged_into IS NULL",
            "CREATE INDEX contact_merged ON contact (workspace_id, merged_into) WHERE merged_into IS NOT NULL",
            "DROP INDEX conversation_contact",
            "CREATE INDEX conversation_contact ON conversation (workspace_id, contact_id, last_inbound_at)",
        ]
    }

    private static func labelTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE label (
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL REFERENCES workspace (id),
                name         TEXT NOT NULL,
                folded       \(sql.text) NOT NULL,  -- two labels do not differ by case or accents alone
                color        \(sql.text) NOT NULL,  -- of the console's palette
                created_at   \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, folded)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE contact_label (
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                label_id     \(sql.bigint) NOT NULL,
                actor        TEXT NOT NULL,       -- who put it on
                added_at     \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, contact_id, label_id)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX contact_label_label ON contact_label (workspace_id, label_id, contact_id)",
            """
            CREATE TABLE field (                  -- what a company wants to know of its customers
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL REFERENCES workspace (id),
                key          \(sql.text) NOT NULL,  -- for programs and files; never changes
                name         TEXT NOT NULL,
                kind         \(sql.text) NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'yes_no')),
                choices      TEXT NOT NULL DEFAULT '[]',  -- JSON: of a choice
                position     \(sql.bigint) NOT NULL DEFAULT 0,
                created_at   \(sql.bigint) NOT NULL,
                archived_at  \(sql.bigint),       -- no longer asked for; values are kept
                UNIQUE (workspace_id, key)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE contact_field (
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                field_id     \(sql.bigint) NOT NULL,
                value        TEXT NOT NULL,       -- '12.5', '2026-11-26', 'yes', the choice, the text
                folded       \(sql.text) NOT NULL,  -- at most 100 characters of it, for comparing
                number       \(sql.double),       -- of a number; days since 1970 of a date; else NULL
                changed_at   \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, contact_id, field_id)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX contact_field_text ON contact_field (workspace_id, field_id, folded, contact_id)",
            "CREATE INDEX contact_field_number ON contact_field (workspace_id, field_id, number, contact_id)",
            """
            CREATE TABLE contact_state (          -- what stands in the way of writing to somebody
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                state        \(sql.text) NOT NULL CHECK (state IN ('blocked', 'complaint', 'do_not_call')),
                since        \(sql.bigint) NOT NULL,
                actor        TEXT NOT NULL,
                reason       TEXT NOT NULL DEFAULT '',
                PRIMARY KEY (workspace_id, contact_id, state)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX contact_state_state ON contact_state (workspace_id, state, contact_id)",
            """
            CREATE TABLE segment (                -- conditions kept under a name
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL REFERENCES workspace (id),
                name         TEXT NOT NULL,
                folded       \(sql.text) NOT NULL,
                conditions   TEXT NOT NULL,       -- JSON
                created_at   \(sql.bigint) NOT NULL,
                updated_at   \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, folded)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE setting (                -- what a company says in the console, by name
                workspace_id \(sql.bigint) NOT NULL,
                name         \(sql.text) NOT NULL,
                value        TEXT NOT NULL,       -- JSON
                changed_at   \(sql.bigint) NOT NULL,
                actor        TEXT NOT NULL,
                PRIMARY KEY (workspace_id, name)
            ) \(sql.withoutRowID)
            """,
        ]
    }
}
