extension Migration {
    static func messageTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE message (
                id              \(sql.primaryKey),
                workspace_id    \(sql.bigint) NOT NULL,
                number_id       \(sql.bigint) NOT NULL,
                conversation_id \(sql.bigint) NOT NULL,
                contact_id      \(sql.bigint) NOT NULL,
                wamid           \(sql.text),      -- NULL until Meta has accepted an outbound message
                is_inbound      \(sql.bigint) NOT NULL CHECK (is_inbound IN (0, 1)),
                origin          \(sql.text) NOT NULL
                    CHECK (origin IN ('customer', 'staff', 'automation', 'api', 'crm', 'echo', 'history')),
                author          TEXT,             -- the name shown: a person's, a rule's, a key's
                staff_id        \(sql.bigint),
                kind            \(sql.text) NOT NULL,  -- of the content
                content         TEXT NOT NULL,    -- JSON
                context         TEXT,             -- JSON: what is quoted, forwarded, referred to
                meta_at         \(sql.bigint) NOT NULL,  -- Meta's time (ours until Meta has one)
                stored_at       \(sql.bigint) NOT NULL,
                received_at     \(sql.bigint) NOT NULL,  -- when the body or the command reached us
                status          \(sql.text) NOT NULL,
                status_at       \(sql.bigint) NOT NULL,
                failure         TEXT,             -- JSON of the failure a person is shown
                pricing         TEXT,             -- JSON of Meta's pricing object, taken once
                retry_of        \(sql.bigint),    -- the message that this is a new attempt of
                edited_at       \(sql.bigint),
                revoked_at      \(sql.bigint)
            ) \(sql.strict)
            """,
            "CREATE UNIQUE INDEX message_wamid ON message (workspace_id, number_id, wamid) WHERE wamid IS NOT NULL",
            "CREATE INDEX message_thread ON message (workspace_id, conversation_id, meta_at, id)",
            "CREATE INDEX message_contact ON message (workspace_id, contact_id, id)",
            "CREATE INDEX message_retry ON message (workspace_id, retry_of) WHERE retry_of IS NOT NULL",
            """
            CREATE TABLE status_event (           -- each piece of news of a message, once, with its time
                id             \(sql.primaryKey),
                workspace_id   \(sql.bigint) NOT NULL,
                number_id      \(sql.bigint) NOT NULL,
                wamid          \(sql.text) NOT NULL,
                message_id     \(sql.bigint),     -- NULL while we know no such message
                status         \(sql.text) NOT NULL,  -- Meta's word
                participant    \(sql.text) NOT NULL DEFAULT '',  -- groups: of whom
                at             \(sql.bigint) NOT NULL,
                stored_at      \(sql.bigint) NOT NULL,
                detail         TEXT,              -- JSON: failures, pricing
                UNIQUE (workspace_id, number_id, wamid, status, participant)
            ) \(sql.strict)
            """,
            "CREATE INDEX status_event_message ON status_event (workspace_id, message_id)",
            """
            CREATE TABLE message_version (        -- what a message said before it was edited or deleted
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                event_wamid  \(sql.text) NOT NULL,  -- the key of the edit against duplicates
                original     \(sql.text) NOT NULL,  -- wamid of the message
                number_id    \(sql.bigint) NOT NULL,
                message_id   \(sql.bigint),       -- NULL while the original is not here (yet)
                kind         \(sql.text) NOT NULL CHECK (kind IN ('edit', 'revoke')),
                content      TEXT,                -- JSON of the new content, for an edit
                at           \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, number_id, event_wamid)
            ) \(sql.strict)
            """,
            "CREATE INDEX message_version_original ON message_version (workspace_id, number_id, original)",
            """
            CREATE TABLE reaction (               -- the one reaction that each side has on a message
                workspace_id \(sql.bigint) NOT NULL,
                number_id    \(sql.bigint) NOT NULL,
                target       \(sql.text) NOT NULL,  -- wamid
                is_inbound   \(sql.bigint) NOT NULL,
                emoji        TEXT NOT NULL,       -- '' when taken back
                at           \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, number_id, target, is_inbound)
            ) \(sql.withoutRowID)
            """,
            """
            CREATE TABLE media (
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                number_id    \(sql.bigint) NOT NULL,
                message_id   \(sql.bigint),
                kind         \(sql.text) NOT NULL,
                meta_id      \(sql.text),         -- Meta's media id; for uploads the one Meta gave
                meta_id_at   \(sql.bigint),       -- when it was given: uploaded ones live 30 days
                mime_type    TEXT,
                filename     TEXT,
                size         \(sql.bigint),
                claimed_hash TEXT,                -- what Meta said the sha256 is
                sha256       \(sql.text),         -- what it is: the file's name in the media folder
                state        \(sql.text) NOT NULL CHECK (state IN ('fetching', 'stored', 'failed', 'pruned')),
                failure      TEXT,
                created_at   \(sql.bigint) NOT NULL
            ) \(sql.strict)
            """,
            "CREATE INDEX media_message ON media (workspace_id, message_id)",
            """
            CREATE TABLE seen (                   -- keyed hashes of (number, wamid) of messages that were pruned
                workspace_id \(sql.bigint) NOT NULL,
                hash         \(sql.bytes) NOT NULL,
                expires_at   \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, hash)
            ) \(sql.withoutRowID)
            """,
            """
            CREATE TABLE idempotency (            -- answers already given to a repeated request
                workspace_id \(sql.bigint) NOT NULL,
                api_key_id   \(sql.bigint) NOT NULL,
                key          \(sql.text) NOT NULL,
                fingerprint  \(sql.text) NOT NULL,  -- of method, path and body
                status       \(sql.bigint),       -- NULL while the first request is still running
                answer       TEXT,
                created_at   \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, api_key_id, key)
            ) \(sql.withoutRowID)
            """,
        ]
    }
}
