extension Migration {
    /// What is mapped to what, what both sides agree on, and everything that went from one to the other.
    static let syncing = Migration(number: 21, name: "keep contacts and CRM records alike", oldestCompatible: 1) {
        sql in
        mappingTables(sql) + agreementTables(sql) + dueTable(sql) + changeLog(sql) + SyncTriggers(sql).statements
    }

    private static func mappingTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE mapping (                -- a connection that has one keeps contacts alike on both sides
                workspace_id  \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                version       \(sql.bigint) NOT NULL,  -- grows with each change: compared and set
                updated_at    \(sql.bigint) NOT NULL,
                updated_by    TEXT NOT NULL,
                compared_to   \(sql.bigint),      -- up to which contact everything is compared; NULL: not under way
                compared_at   \(sql.bigint),      -- when everything was compared last
                PRIMARY KEY (workspace_id, connection_id)
            ) \(sql.withoutRowID)
            """,
            """
            CREATE TABLE mapping_row (
                workspace_id  \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                position      \(sql.bigint) NOT NULL,  -- 1, 2, … as people see them
                local         \(sql.text) NOT NULL,  -- 'name', 'field:…'
                remote        \(sql.text) NOT NULL,  -- the CRM's own name of its field
                direction     \(sql.text) NOT NULL CHECK (direction IN ('to_crm', 'from_crm', 'both')),
                rule          \(sql.text) NOT NULL CHECK (
                    rule IN ('crm_wins', 'puente_wins', 'newest', 'ask', 'fill_blank')),
                transforms    TEXT NOT NULL DEFAULT '[]',  -- JSON
                fallback      TEXT,
                is_on         \(sql.bigint) NOT NULL CHECK (is_on IN (0, 1)),
                PRIMARY KEY (workspace_id, connection_id, position)
            ) \(sql.withoutRowID)
            """,
        ]
    }

    private static func agreementTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE sync_state (             -- of a contact and its record
                workspace_id  \(sql.bigint) NOT NULL,
                contact_id    \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                agreed        TEXT NOT NULL DEFAULT '{}',  -- JSON by field: what both said when they last said the same
                theirs_at     \(sql.bigint),      -- when the record became what was last compared, by the CRM's clock
                checked_at    \(sql.bigint),      -- when they were last compared
                told_at       \(sql.bigint),      -- when a change of what never rests was last passed on
                PRIMARY KEY (workspace_id, contact_id, connection_id)
            ) \(sql.withoutRowID)
            """,
            """
            CREATE TABLE sync_conflict (          -- two sides that say different things, until a person decides
                id            \(sql.primaryKey),
                workspace_id  \(sql.bigint) NOT NULL,
                contact_id    \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                local         \(sql.text) NOT NULL,
                remote        \(sql.text) NOT NULL,
                reason        \(sql.text) NOT NULL,  -- 'ask', or why the CRM's value cannot be taken
                ours          TEXT NOT NULL,      -- as the CRM would hold it; '' for nothing
                theirs        TEXT NOT NULL,
                agreed        TEXT,
                since         \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, contact_id, connection_id, remote)
            ) \(sql.strict)
            """,
            "CREATE INDEX sync_conflict_open ON sync_conflict (workspace_id, connection_id, id)",
            """
            CREATE TABLE sync_decision (          -- what a person decided, until both sides say so
                workspace_id  \(sql.bigint) NOT NULL,
                contact_id    \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                remote        \(sql.text) NOT NULL,
                value         TEXT NOT NULL,      -- as the CRM is to hold it; '' empties the field
                actor         TEXT NOT NULL,
                at            \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, contact_id, connection_id, remote)
            ) \(sql.withoutRowID)
            """,
        ]
    }

    /// Written by triggers, also by two transactions at once: no row waits for another's.
    private static func dueTable(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE sync_due (               -- contacts of whom something changed that a CRM is to be told
                id            \(sql == .sqlite ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
                workspace_id  \(sql.bigint) NOT NULL,
                contact_id    \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                is_restless   \(sql.bigint) NOT NULL CHECK (is_restless IN (0, 1))  -- by a message alone: it may wait
            ) \(sql.strict)
            """,
            "CREATE INDEX sync_due_next ON sync_due (workspace_id, connection_id, is_restless, id)",
            "CREATE INDEX sync_due_contact ON sync_due (workspace_id, contact_id, connection_id)",
        ]
    }

    private static func changeLog(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE sync_change (            -- every value that went from one side to the other, and what it replaced
                id            \(sql.primaryKey),
                workspace_id  \(sql.bigint) NOT NULL,
                contact_id    \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                at            \(sql.bigint) NOT NULL,
                local         \(sql.text) NOT NULL,
                remote        \(sql.text) NOT NULL,
                kind          \(sql.text) NOT NULL CHECK (
                    kind IN ('taken', 'given', 'conflict', 'resolved', 'put_back')),
                before        TEXT NOT NULL,      -- of ours where it was taken or put back, of theirs where it was given
                after         TEXT NOT NULL,
                cause         \(sql.text) NOT NULL,
                actor         TEXT NOT NULL,
                run_id        \(sql.bigint),      -- of the sweep, the import, the change that it went with
                put_back_at   \(sql.bigint),
                put_back_by   TEXT
            ) \(sql.strict)
            """,
            "CREATE INDEX sync_change_recent ON sync_change (workspace_id, id)",
            "CREATE INDEX sync_change_connection ON sync_change (workspace_id, connection_id, id)",
            "CREATE INDEX sync_change_contact ON sync_change (workspace_id, contact_id, id)",
        ]
    }
}
