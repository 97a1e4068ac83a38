extension Migration {
    /// People and programs that sign in.
    static func staffTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE staff (
                id            \(sql.primaryKey),
                workspace_id  \(sql.bigint) NOT NULL REFERENCES workspace (id),
                email         \(sql.text) NOT NULL UNIQUE,  -- folded to lower case; signs in to one workspace
                name          TEXT NOT NULL,
                role          \(sql.text) NOT NULL CHECK (role IN ('agent', 'admin')),
                password_hash TEXT NOT NULL,      -- argon2id
                language      \(sql.text),
                theme         \(sql.text),
                created_at    \(sql.bigint) NOT NULL,
                disabled_at   \(sql.bigint)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE session (
                token_hash   \(sql.text) NOT NULL PRIMARY KEY,  -- SHA-256 of what the cookie holds
                workspace_id \(sql.bigint) NOT NULL,
                staff_id     \(sql.bigint) NOT NULL REFERENCES staff (id),
                csrf_token   \(sql.text) NOT NULL,
                created_at   \(sql.bigint) NOT NULL,
                seen_at      \(sql.bigint) NOT NULL,
                expires_at   \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            "CREATE INDEX session_expiry ON session (expires_at)",
            """
            CREATE TABLE sign_in_failure (        -- throttles guessing, by account and by address
                subject    \(sql.text) NOT NULL PRIMARY KEY,  -- 'account:…' or 'address:…'
                failures   \(sql.bigint) NOT NULL,
                last_at    \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            """
            CREATE TABLE api_key (
                id             \(sql.primaryKey),
                workspace_id   \(sql.bigint) NOT NULL REFERENCES workspace (id),
                name           TEXT NOT NULL,
                token_hash     \(sql.text) NOT NULL UNIQUE,  -- SHA-256
                scopes         TEXT NOT NULL,     -- space-separated: 'read write admin'
                is_provisioned \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_provisioned IN (0, 1)),
                created_at     \(sql.bigint) NOT NULL,
                used_at        \(sql.bigint),
                disabled_at    \(sql.bigint),
                UNIQUE (workspace_id, name)
            ) \(sql.strict)
            """,
        ]
    }

    /// Counters kept as facts are written; never counted on reading.
    static func figureTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE counter (
                workspace_id \(sql.bigint) NOT NULL,  -- 0 for what belongs to no workspace (bodies)
                kind         \(sql.text) NOT NULL,  -- 'bodies.received', 'messages.stored', 'crm.ID.recorded', …
                minute       \(sql.bigint) NOT NULL,  -- minutes since 1970; -1 holds the sum of all times
                node         \(sql.bigint) NOT NULL,  -- each node has rows of its own, so that none waits
                count        \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, kind, minute, node)
            ) \(sql.withoutRowID)
            """,
            """
            CREATE TABLE delay (                  -- how long a hop took, as counts in buckets of rising width
                workspace_id \(sql.bigint) NOT NULL,
                hop          \(sql.text) NOT NULL,  -- 'stored', 'crm.ID', 'sent'
                minute       \(sql.bigint) NOT NULL,
                node         \(sql.bigint) NOT NULL,
                bucket       \(sql.bigint) NOT NULL,
                count        \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, hop, minute, node, bucket)
            ) \(sql.withoutRowID)
            """,
        ]
    }
}
