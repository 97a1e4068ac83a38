extension Migration {
    /// Programs that are told what happens: where, of what, and what became of each telling.
    static let webhooks = Migration(number: 23, name: "tell subscribers", oldestCompatible: 1) { sql in
        endpointTables(sql) + eventTables(sql) + WebhookTriggers(sql).statements
    }

    private static func endpointTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE webhook_endpoint (       -- a subscriber
                id              \(sql.primaryKey),
                workspace_id    \(sql.bigint) NOT NULL REFERENCES workspace (id),
                url             TEXT NOT NULL,
                description     TEXT NOT NULL DEFAULT '',
                event_types     TEXT NOT NULL,    -- JSON list
                origin          \(sql.text) NOT NULL CHECK (origin IN ('console', 'rest_hook')),
                secret          TEXT NOT NULL,    -- sealed
                previous_secret TEXT,             -- sealed; signs as well until:
                previous_until  \(sql.bigint),
                is_on           \(sql.bigint) NOT NULL DEFAULT 1 CHECK (is_on IN (0, 1)),
                off_reason      \(sql.text) CHECK (off_reason IN ('person', 'failing', 'gone')),
                off_at          \(sql.bigint),
                failing_since   \(sql.bigint),    -- nothing arrived since then, though it was tried
                delivered_at    \(sql.bigint),    -- when something last arrived
                created_by      TEXT NOT NULL,    -- a person's or a key's name
                created_at      \(sql.bigint) NOT NULL,
                updated_at      \(sql.bigint) NOT NULL,
                CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
                CHECK ((is_on = 1) = (off_reason IS NULL))
            ) \(sql.strict)
            """,
            "CREATE INDEX webhook_endpoint_workspace ON webhook_endpoint (workspace_id, id)",
            """
            CREATE TABLE webhook_want (           -- what any subscriber that is on asked for: the triggers look here
                workspace_id \(sql.bigint) NOT NULL,
                type         \(sql.text) NOT NULL,
                PRIMARY KEY (workspace_id, type)
            ) \(sql.withoutRowID)
            """,
        ]
    }

    private static func eventTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE webhook_news (           -- written with the fact by triggers; becomes an event within a second
                id           \(sql == .sqlite ? "INTEGER PRIMARY KEY" : "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
                workspace_id \(sql.bigint) NOT NULL,
                type         \(sql.text) NOT NULL,
                subject_id   \(sql.bigint) NOT NULL,  -- a message, a contact, a conversation
                contact_id   \(sql.bigint) NOT NULL,
                detail       TEXT NOT NULL DEFAULT '',  -- what the fact said then, as it may have gone on since
                at           \(sql.bigint)        -- NULL: when it is read
            ) \(sql.strict)
            """,
            "CREATE INDEX webhook_news_next ON webhook_news (workspace_id, id)",
            "CREATE INDEX webhook_news_contact ON webhook_news (workspace_id, contact_id)",
            """
            CREATE TABLE webhook_event (          -- as it is sent
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint),       -- NULL: of a test
                type         \(sql.text) NOT NULL,
                sequence     \(sql.bigint) NOT NULL,  -- given after the fact was committed: no gap, none comes late
                payload      TEXT NOT NULL,       -- JSON: the body
                at           \(sql.bigint) NOT NULL,
                stored_at    \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, sequence)
            ) \(sql.strict)
            """,
            "CREATE INDEX webhook_event_type ON webhook_event (workspace_id, type, sequence)",
            "CREATE INDEX webhook_event_contact ON webhook_event (workspace_id, contact_id)",
            """
            CREATE TABLE webhook_sequence (
                workspace_id \(sql.bigint) NOT NULL PRIMARY KEY,
                last         \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            """
            CREATE TABLE webhook_delivery (       -- one event to one subscriber
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                endpoint_id  \(sql.bigint) NOT NULL,
                event_id     \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint),
                type         \(sql.text) NOT NULL,
                state        \(sql.text) NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
                due_at       \(sql.bigint) NOT NULL,
                attempt      \(sql.bigint) NOT NULL DEFAULT 0,
                status       \(sql.bigint),       -- HTTP, of the last answer; NULL: there was none
                error        TEXT,                -- of the last attempt that failed
                duration     \(sql.bigint),       -- milliseconds, of the last attempt
                tried_at     \(sql.bigint),
                created_at   \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            "CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, due_at, id) WHERE state = 'waiting'",
            "CREATE INDEX webhook_delivery_log ON webhook_delivery (workspace_id, endpoint_id, id)",
            """
            CREATE INDEX webhook_delivery_failed ON webhook_delivery (workspace_id, endpoint_id, id)
            WHERE state = 'failed'
            """,
            "CREATE INDEX webhook_delivery_event ON webhook_delivery (workspace_id, event_id)",
            "CREATE INDEX webhook_delivery_contact ON webhook_delivery (workspace_id, contact_id)",
        ]
    }
}
