extension Migration {
    /// WhatsApp accounts, numbers and templates.
    static func accountTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE number (                 -- a WhatsApp phone number ID of the company
                id              \(sql.primaryKey),
                workspace_id    \(sql.bigint) NOT NULL REFERENCES workspace (id),
                slug            \(sql.text) NOT NULL,
                app_id          \(sql.bigint) NOT NULL REFERENCES app (id),
                phone_number_id \(sql.text) NOT NULL UNIQUE,  -- one number, one owner: a second one is refused
                waba_id         \(sql.text) NOT NULL,
                portfolio_id    \(sql.text) NOT NULL DEFAULT '',  -- the scope of BSUIDs
                display_number  TEXT NOT NULL,
                verified_name   TEXT,
                access_token    TEXT,             -- sealed
                state           \(sql.text) NOT NULL CHECK (state IN ('connected', 'disabled', 'failed')),
                state_reason    TEXT,
                quality_rating  TEXT,
                last_event_at   \(sql.bigint),
                is_provisioned  \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_provisioned IN (0, 1)),
                created_at      \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, slug)
            ) \(sql.strict)
            """,
            "CREATE INDEX number_waba ON number (waba_id)",
            """
            CREATE TABLE template (
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL REFERENCES workspace (id),
                waba_id      \(sql.text) NOT NULL,
                meta_id      \(sql.text) NOT NULL,
                name         \(sql.text) NOT NULL,
                language     \(sql.text) NOT NULL,
                status       \(sql.text) NOT NULL,
                category     \(sql.text) NOT NULL,
                reason       TEXT,                -- Meta's, when rejected or paused
                facts        TEXT NOT NULL,       -- what a send must know: slots, texts (JSON)
                components   TEXT NOT NULL,       -- as Meta has them (JSON)
                updated_at   \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, waba_id, name, language)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE notice (                 -- news of accounts, numbers, templates, groups, flows, partners
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                waba_id      \(sql.text) NOT NULL,
                field        \(sql.text) NOT NULL,
                event        TEXT NOT NULL,
                subject      TEXT,
                at           \(sql.bigint),
                stored_at    \(sql.bigint) NOT NULL,
                detail       TEXT NOT NULL,       -- JSON
                digest       \(sql.text) NOT NULL,  -- of all of the above but stored_at: a repeat is a no-op
                UNIQUE (workspace_id, digest)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE pause (                  -- a scope in which nothing leaves until a time or a person
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                scope        \(sql.text) NOT NULL,
                scope_key    \(sql.text) NOT NULL,
                until        \(sql.bigint),       -- NULL: until a person mends it
                code         TEXT NOT NULL,
                advice       TEXT NOT NULL,       -- JSON of both languages
                vendor_text  TEXT NOT NULL,
                created_at   \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, scope, scope_key)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE alarm (
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                kind         \(sql.text) NOT NULL,  -- 'account_paused', 'dead_letter_due', 'intake_refusing', …
                subject      \(sql.text) NOT NULL,
                text         TEXT NOT NULL,       -- JSON of both languages
                raised_at    \(sql.bigint) NOT NULL,
                cleared_at   \(sql.bigint)
            ) \(sql.strict)
            """,
            "CREATE UNIQUE INDEX alarm_open ON alarm (workspace_id, kind, subject) WHERE cleared_at IS NULL",
        ]
    }

    static func contactTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE contact (
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL REFERENCES workspace (id),
                name         TEXT NOT NULL DEFAULT '',  -- as the company knows the person
                profile_name TEXT NOT NULL DEFAULT '',  -- as the person calls themself on WhatsApp
                username     TEXT,                -- display only
                search_text  TEXT NOT NULL DEFAULT '',  -- names and handles, folded to lower case
                created_at   \(sql.bigint) NOT NULL,
                updated_at   \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            "CREATE INDEX contact_updated ON contact (workspace_id, updated_at, id)",
            """
            CREATE TABLE handle (                 -- by what a contact can be found; many to one contact
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL REFERENCES contact (id),
                kind         \(sql.text) NOT NULL CHECK (kind IN ('phone', 'bsuid', 'parent_bsuid', 'email')),
                scope        \(sql.text) NOT NULL,  -- '' or the portfolio of a BSUID
                value        \(sql.text) NOT NULL,  -- canonical: variants of one number are one value
                address      TEXT NOT NULL,       -- verbatim, as Meta last wrote it: what is sent to
                valid_from   \(sql.bigint) NOT NULL,
                valid_to     \(sql.bigint),       -- NULL while it holds
                evidence     \(sql.text) NOT NULL  -- 'webhook', 'status', 'system_message', 'contact_request', 'api', 'crm'
            ) \(sql.strict)
            """,
            """
            CREATE UNIQUE INDEX handle_valid ON handle (workspace_id, kind, scope, value) WHERE valid_to IS NULL
            """,
            "CREATE INDEX handle_contact ON handle (workspace_id, contact_id)",
            """
            CREATE TABLE conversation (
                id                \(sql.primaryKey),
                workspace_id      \(sql.bigint) NOT NULL,
                number_id         \(sql.bigint) NOT NULL REFERENCES number (id),
                contact_id        \(sql.bigint) NOT NULL REFERENCES contact (id),
                state             \(sql.text) NOT NULL CHECK (state IN ('open', 'closed')),
                owner             \(sql.text) NOT NULL CHECK (owner IN ('automation', 'queue', 'person')),
                owner_staff_id    \(sql.bigint),
                owner_version     \(sql.bigint) NOT NULL DEFAULT 0,  -- compared and set
                last_inbound_at   \(sql.bigint),  -- Meta's time: the service window counts from here
                waiting_since     \(sql.bigint),  -- the first unanswered message's; NULL when answered
                last_message_at   \(sql.bigint) NOT NULL,  -- Meta's time of the newest message
                last_message_id   \(sql.bigint),
                last_preview      TEXT NOT NULL DEFAULT '',
                last_is_inbound   \(sql.bigint) NOT NULL DEFAULT 1,
                unread            \(sql.bigint) NOT NULL DEFAULT 0,
                created_at        \(sql.bigint) NOT NULL,
                CHECK ((owner = 'person') = (owner_staff_id IS NOT NULL))
            ) \(sql.strict)
            """,
            """
            CREATE UNIQUE INDEX conversation_open ON conversation (workspace_id, number_id, contact_id)
            WHERE state = 'open'
            """,
            "CREATE INDEX conversation_recent ON conversation (workspace_id, state, last_message_at, id)",
            """
            CREATE INDEX conversation_owner ON conversation (workspace_id, owner_staff_id, last_message_at, id)
            WHERE state = 'open' AND owner = 'person'
            """,
            """
            CREATE INDEX conversation_queue ON conversation (workspace_id, last_message_at, id)
            WHERE state = 'open' AND owner = 'queue'
            """,
            """
            CREATE INDEX conversation_unread ON conversation (workspace_id, id) WHERE state = 'open' AND unread > 0
            """,
            "CREATE INDEX conversation_contact ON conversation (workspace_id, contact_id)",
        ]
    }
}
