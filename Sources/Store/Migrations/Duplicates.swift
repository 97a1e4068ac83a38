extension Migration {
    /// Contacts that may be one person, and what a person who was several contacts needs.
    static let duplicates = Migration(number: 12, name: "find and merge duplicates", oldestCompatible: 1) { sql in
        accountColumns(sql) + duplicateTables(sql)
    }

    /// Which of a person's WhatsApp accounts, where there are several: the id of the contact that the account was before
    /// it was merged. NULL as long as a person has one. It says to which number an answer goes, and whose is what when a
    /// merge is undone.
    private static func accountColumns(_ sql: SQLDialect) -> [String] {
        [
            "ALTER TABLE handle ADD COLUMN account_id \(sql.bigint)",
            "ALTER TABLE conversation ADD COLUMN account_id \(sql.bigint)",  // that the customer last wrote from
            "ALTER TABLE message ADD COLUMN account_id \(sql.bigint)",  // that it came from or goes to
            // Late news of a handle that has ended is of who had it then.
            """
            CREATE INDEX handle_former ON handle (workspace_id, kind, scope, value, valid_to) WHERE valid_to IS NOT NULL
            """,
        ]
    }

    private static func duplicateTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE duplicate (              -- two contacts, and what makes them one person or not
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                contact_a    \(sql.bigint) NOT NULL,
                contact_b    \(sql.bigint) NOT NULL,
                score        \(sql.bigint) NOT NULL CHECK (score BETWEEN 1 AND 100),
                reason       \(sql.text) NOT NULL,  -- the weightiest, for figures
                reasons      TEXT NOT NULL,       -- JSON
                state        \(sql.text) NOT NULL CHECK (state IN ('open', 'dismissed', 'merged')),
                found_at     \(sql.bigint) NOT NULL,
                settled_at   \(sql.bigint),
                settled_by   TEXT,
                change_id    \(sql.bigint),       -- of the merge
                batch_id     \(sql.bigint),       -- the reviewed list that it waits in
                winner_id    \(sql.bigint),       -- who stays, in that list
                failure      TEXT,                -- JSON: why the list could not merge them
                UNIQUE (workspace_id, contact_a, contact_b),
                CHECK (contact_a < contact_b)
            ) \(sql.strict)
            """,
            "CREATE INDEX duplicate_listed ON duplicate (workspace_id, state, score, id)",
            "CREATE INDEX duplicate_other ON duplicate (workspace_id, contact_b)",
            "CREATE INDEX duplicate_batch ON duplicate (workspace_id, batch_id, id) WHERE batch_id IS NOT NULL",
            """
            CREATE TABLE duplicate_key (          -- by what contacts that may be one person meet: hashes
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                key          \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, contact_id, key)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX duplicate_key_shared ON duplicate_key (workspace_id, key, contact_id)",
            """
            CREATE TABLE duplicate_scan (         -- how far a workspace's contacts were compared
                workspace_id     \(sql.bigint) NOT NULL PRIMARY KEY,
                compared_until   \(sql.bigint) NOT NULL DEFAULT 0,  -- contacts that changed up to here,
                compared_id      \(sql.bigint) NOT NULL DEFAULT 0,  -- of those of that moment up to this one
                pass_state       \(sql.text) NOT NULL DEFAULT 'idle' CHECK (pass_state IN ('idle', 'running')),
                pass_position    \(sql.bigint) NOT NULL DEFAULT 0,  -- the last contact of the pass over all
                pass_compared    \(sql.bigint) NOT NULL DEFAULT 0,
                pass_total       \(sql.bigint) NOT NULL DEFAULT 0,
                pass_started_at  \(sql.bigint),
                pass_finished_at \(sql.bigint)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE merge_batch (            -- a reviewed list of duplicates, merged one after the other
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                state        \(sql.text) NOT NULL CHECK (state IN ('running', 'done', 'undoing', 'undone')),
                actor        TEXT NOT NULL,
                total        \(sql.bigint) NOT NULL,
                merged       \(sql.bigint) NOT NULL DEFAULT 0,
                failed       \(sql.bigint) NOT NULL DEFAULT 0,
                undone       \(sql.bigint) NOT NULL DEFAULT 0,
                kept         \(sql.bigint) NOT NULL DEFAULT 0,  -- that could not be undone any more
                undone_by    TEXT,
                created_at   \(sql.bigint) NOT NULL,
                finished_at  \(sql.bigint)
            ) \(sql.strict)
            """,
            "CREATE INDEX merge_batch_recent ON merge_batch (workspace_id, id)",
            "CREATE INDEX merge_batch_work ON merge_batch (id) WHERE state IN ('running', 'undoing')",
        ]
    }
}
