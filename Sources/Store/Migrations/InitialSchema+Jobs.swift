extension Migration {
    static func jobTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE job (
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                kind         \(sql.text) NOT NULL,
                lane         \(sql.text) NOT NULL,
                ordering_key \(sql.bigint) NOT NULL,  -- jobs of one lane and key run one after the other
                state        \(sql.text) NOT NULL CHECK (
                    state IN ('available', 'running', 'sending', 'uncertain', 'completed', 'discarded')),
                holds        \(sql.bigint) NOT NULL DEFAULT 0 CHECK (holds IN (0, 1)),  -- discarded, and holds followers
                due_at       \(sql.bigint) NOT NULL,
                attempt      \(sql.bigint) NOT NULL DEFAULT 0,
                epoch        \(sql.bigint) NOT NULL DEFAULT 0,  -- of the lane, when it was claimed
                subject_id   \(sql.bigint) NOT NULL,  -- what it is about: a message, a contact, a media row
                dedup_key    \(sql.text),         -- at most one available job with the same
                payload      TEXT NOT NULL DEFAULT '{}',
                failure      TEXT,                -- JSON of the last failure
                must_verify  \(sql.bigint) NOT NULL DEFAULT 0 CHECK (must_verify IN (0, 1)),  -- look before doing
                created_at   \(sql.bigint) NOT NULL,
                changed_at   \(sql.bigint) NOT NULL,
                answer_by    \(sql.bigint),       -- a dead letter's due time for a person
                reminded_at  \(sql.bigint)
            ) \(sql.strict)
            """,
            "CREATE INDEX job_due ON job (lane, due_at, id) WHERE state = 'available'",
            """
            CREATE INDEX job_order ON job (lane, ordering_key, id)
            WHERE state IN ('available', 'running', 'sending') OR holds = 1
            """,
            "CREATE INDEX job_busy ON job (lane, epoch) WHERE state IN ('running', 'sending')",
            "CREATE INDEX job_uncertain ON job (workspace_id, changed_at) WHERE state = 'uncertain'",
            "CREATE INDEX job_dead ON job (workspace_id, id) WHERE state = 'discarded'",
            "CREATE INDEX job_dead_of ON job (workspace_id, ordering_key) WHERE state = 'discarded'",
            "CREATE INDEX job_subject ON job (workspace_id, subject_id)",
            "CREATE INDEX job_done ON job (changed_at) WHERE state = 'completed'",
            """
            CREATE UNIQUE INDEX job_dedup ON job (workspace_id, dedup_key)
            WHERE dedup_key IS NOT NULL AND state = 'available'
            """,
            """
            CREATE TABLE trail (                  -- what happened to a message, a job, a conversation, and by whom
                id           \(sql.bigint) NOT NULL,
                workspace_id \(sql.bigint) NOT NULL,
                subject_id   \(sql.bigint) NOT NULL,
                event        \(sql.text) NOT NULL,
                actor        TEXT NOT NULL,       -- 'puente', a person's or a key's name
                at           \(sql.bigint) NOT NULL,
                detail       TEXT NOT NULL DEFAULT '{}',
                PRIMARY KEY (id)
            ) \(sql.partitionedByID)
            """,
            "CREATE INDEX trail_subject ON trail (workspace_id, subject_id, id)",
        ]
            + (sql == .postgres ? ["CREATE TABLE trail_rest PARTITION OF trail DEFAULT"] : [])
    }

    static func crmTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE connection (             -- one CRM account
                id             \(sql.primaryKey),
                workspace_id   \(sql.bigint) NOT NULL REFERENCES workspace (id),
                slug           \(sql.text) NOT NULL,
                kind           \(sql.text) NOT NULL,
                base_url       TEXT NOT NULL,
                settings       TEXT NOT NULL DEFAULT '{}',  -- JSON without secrets
                secrets        TEXT,              -- sealed JSON
                state          \(sql.text) NOT NULL CHECK (state IN ('connected', 'disabled', 'failed')),
                state_reason   TEXT,
                records_since  \(sql.bigint) NOT NULL,  -- messages stored from here on are recorded there
                cursor         TEXT,              -- where the incremental read stands
                last_sweep_at  \(sql.bigint),
                last_ok_at     \(sql.bigint),
                is_provisioned \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_provisioned IN (0, 1)),
                created_at     \(sql.bigint) NOT NULL,
                UNIQUE (workspace_id, slug)
            ) \(sql.strict)
            """,
            """
            CREATE TABLE remote_ref (             -- which record there is which of ours
                workspace_id  \(sql.bigint) NOT NULL,
                connection_id \(sql.bigint) NOT NULL,
                entity        \(sql.text) NOT NULL CHECK (entity IN ('contact')),
                local_id      \(sql.bigint) NOT NULL,
                remote_id     \(sql.text) NOT NULL,
                content_hash  \(sql.text),        -- of what we last wrote or read: our own echo is recognised by it
                linked_at     \(sql.bigint) NOT NULL,
                seen_at       \(sql.bigint) NOT NULL,
                PRIMARY KEY (workspace_id, connection_id, entity, local_id)
            ) \(sql.withoutRowID)
            """,
            """
            CREATE INDEX remote_ref_remote ON remote_ref (workspace_id, connection_id, entity, remote_id)
            """,
            """
            CREATE TABLE activity (               -- a message on a CRM's timeline
                workspace_id    \(sql.bigint) NOT NULL,
                connection_id   \(sql.bigint) NOT NULL,
                message_id      \(sql.bigint) NOT NULL,
                state           \(sql.text) NOT NULL CHECK (state IN ('waiting', 'recorded', 'dead', 'not_applicable')),
                reason          TEXT,             -- why not applicable
                remote_id       \(sql.text),
                recorded_status \(sql.text),      -- the status that the CRM shows
                recorded_at     \(sql.bigint),
                PRIMARY KEY (workspace_id, connection_id, message_id)
            ) \(sql.withoutRowID)
            """,
        ]
    }
}
