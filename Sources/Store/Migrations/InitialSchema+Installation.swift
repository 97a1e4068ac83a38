extension Migration {
    /// The installation's own: not part of any workspace.
    static func installationTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE installation (           -- one row a fact about this installation
                name  \(sql.text) NOT NULL PRIMARY KEY,  -- 'held', 'held_since', 'identity', …
                value TEXT NOT NULL
            ) \(sql.strict)
            """,
            """
            CREATE TABLE node (                   -- one row a running (or recently ended) program
                number      \(sql.primaryKey),    -- ten bits of every id made there
                name        TEXT NOT NULL,
                token       \(sql.text) NOT NULL, -- made at each start: tells a node from its successor
                started_at  \(sql.bigint) NOT NULL,
                lease_until \(sql.bigint) NOT NULL,  -- on the database's clock
                is_leaving  \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_leaving IN (0, 1)),
                CHECK (number BETWEEN 0 AND 1023)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE lane (                   -- one destination; worked by one node at a time
                id           \(sql.text) NOT NULL PRIMARY KEY,  -- 'number:…', 'media:…', 'crm:…', 'clock'
                workspace_id \(sql.bigint),       -- NULL for the clock
                node         \(sql.bigint),       -- NULL while nobody has it
                epoch        \(sql.bigint) NOT NULL DEFAULT 0,  -- grows at each change of owner
                is_enabled   \(sql.bigint) NOT NULL DEFAULT 1 CHECK (is_enabled IN (0, 1))
            ) \(sql.strict)
            """,
            """
            CREATE TABLE workspace (
                id         \(sql.primaryKey),
                slug       \(sql.text) NOT NULL UNIQUE,  -- the name in puente.yaml
                name       TEXT NOT NULL,
                region     \(sql.text) NOT NULL CHECK (length(region) = 2),
                language   \(sql.text) NOT NULL,
                created_at \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            """
            CREATE TABLE app (                    -- a Meta app: its secrets verify webhooks
                id              \(sql.primaryKey),
                slug            \(sql.text) NOT NULL UNIQUE,
                app_id          \(sql.text) NOT NULL,
                secret          TEXT NOT NULL,    -- sealed
                previous_secret TEXT,             -- sealed
                verify_token    TEXT NOT NULL,    -- sealed
                is_provisioned  \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_provisioned IN (0, 1)),
                disabled_at     \(sql.bigint)
            ) \(sql.strict)
            """,
        ]
    }

    static func intakeTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE intake (                 -- raw bodies, as they came; never changed, pruned after 30 days
                id          \(sql.bigint) NOT NULL,
                received_at \(sql.bigint) NOT NULL,
                app_id      \(sql.bigint) NOT NULL,  -- the app whose secret signed it
                is_bulk     \(sql.bigint) NOT NULL CHECK (is_bulk IN (0, 1)),
                state       \(sql.text) NOT NULL CHECK (state IN ('waiting', 'claimed', 'interpreted', 'quarantined')),
                attempt     \(sql.bigint) NOT NULL DEFAULT 0,
                claimed_by  \(sql.bigint),
                claimed_at  \(sql.bigint),
                body        \(sql.bytes) NOT NULL,
                PRIMARY KEY (id)
            ) \(sql.partitionedByID)
            """,
            "CREATE INDEX intake_pending ON intake (is_bulk, id) WHERE state IN ('waiting', 'claimed')",
            """
            CREATE TABLE unrouted (               -- what could not be understood or has no owner; kept and shown
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint),       -- NULL while it belongs to nobody
                intake_id    \(sql.bigint) NOT NULL,
                position     \(sql.bigint) NOT NULL,  -- of the update inside its body; -1 for the whole body
                received_at  \(sql.bigint) NOT NULL,
                app_id       \(sql.bigint) NOT NULL,
                reason       \(sql.text) NOT NULL,
                field        TEXT NOT NULL,
                kind         \(sql.text) NOT NULL CHECK (kind IN ('body', 'message', 'status', 'other')),
                excerpt      TEXT NOT NULL,
                state        \(sql.text) NOT NULL CHECK (state IN ('open', 'dismissed', 'routed')),
                settled_by   \(sql.bigint),
                settled_at   \(sql.bigint),
                UNIQUE (intake_id, position)
            ) \(sql.strict)
            """,
            "CREATE INDEX unrouted_open ON unrouted (id) WHERE state = 'open'",
        ]
            + (sql == .postgres ? ["CREATE TABLE intake_rest PARTITION OF intake DEFAULT"] : [])
    }
}
