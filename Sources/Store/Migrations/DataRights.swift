extension Migration {
    /// What a person may ask of a company: to be given all that is held of them, and to be forgotten.
    static let dataRights = Migration(
        number: 14, name: "give people what is theirs, and forget them", oldestCompatible: 1
    ) { sql in
        exportTables(sql) + erasureTables(sql) + changeIndexes + auditIndexes + consentGuards(sql)
    }

    private static func exportTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE person_export (          -- all that is held of one person, as a file for a few days
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                state        \(sql.text) NOT NULL CHECK (state IN ('waiting', 'running', 'ready', 'failed')),
                language     \(sql.text) NOT NULL,  -- of the page in it that people read
                actor        TEXT NOT NULL,
                requested_at \(sql.bigint) NOT NULL,
                messages     \(sql.bigint) NOT NULL DEFAULT 0,  -- to be written
                done         \(sql.bigint) NOT NULL DEFAULT 0,  -- of them so far
                size         \(sql.bigint),       -- of the file, once it is ready
                expires_at   \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            "CREATE INDEX person_export_contact ON person_export (workspace_id, contact_id, id)",
            "CREATE INDEX person_export_open ON person_export (id) WHERE state IN ('waiting', 'running')",
            "CREATE INDEX person_export_old ON person_export (expires_at)",
        ]
    }

    private static func erasureTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE tombstone (              -- handles of people who were erased: they are not imported again
                workspace_id \(sql.bigint) NOT NULL,
                hash         \(sql.bytes) NOT NULL,  -- with a key: nobody can look through all numbers without it
                at           \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, hash)
            ) \(sql.withoutRowID)
            """,
            // Each batch of news asks for the newest of its workspace.
            "CREATE INDEX tombstone_recent ON tombstone (workspace_id, at)",
            """
            CREATE TABLE erasure (                -- that somebody was erased: who did it, and how much went
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,  -- no row has it any more
                state        \(sql.text) NOT NULL CHECK (state IN ('running', 'done')),
                reason       \(sql.text) NOT NULL CHECK (reason IN ('request', 'retention')),
                actor        TEXT NOT NULL,
                at           \(sql.bigint) NOT NULL,
                done_at      \(sql.bigint),
                counts       TEXT NOT NULL DEFAULT '{}',  -- JSON: how many of each kind went
                place        \(sql.bigint) NOT NULL DEFAULT 0,  -- the last raw body that was looked through
                last_body    \(sql.bigint) NOT NULL,  -- those before this one may name them
                traces       TEXT,                -- sealed JSON of what is still looked for; NULL once it is done
                CHECK ((state = 'done') = (done_at IS NOT NULL)),
                CHECK (state = 'running' OR traces IS NULL)
            ) \(sql.strict)
            """,
            "CREATE INDEX erasure_open ON erasure (id) WHERE state = 'running'",
            """
            CREATE TABLE erasure_notice (         -- what each CRM was asked to do about it
                workspace_id  \(sql.bigint) NOT NULL,
                erasure_id    \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                wish          \(sql.text) NOT NULL CHECK (wish IN ('tell', 'delete')),
                state         \(sql.text) NOT NULL CHECK (
                    state IN ('waiting', 'done', 'failed', 'not_there', 'disabled')),
                at            \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, erasure_id, connection_id)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX erasure_notice_old ON erasure_notice (at)",
        ]
    }

    /// Rows of changes that belong to no contact's history, and name two.
    private static let changeIndexes = [
        """
        CREATE INDEX change_row_pair ON change_row (workspace_id, change_id, position) WHERE relation = 'duplicate'
        """
    ]

    /// The trail is read by time, by what happened and by who did it.
    private static let auditIndexes = [
        "CREATE INDEX trail_recent ON trail (workspace_id, id)",
        "CREATE INDEX trail_event ON trail (workspace_id, event, id)",
        "CREATE INDEX trail_actor ON trail (workspace_id, actor, id)",
    ]
}
