extension Migration {
    /// The ledger of consent: what a person allowed, in which words, and how we know.
    static func consentTables(_ sql: SQLDialect) -> [String] {
        [
            // The message of ours after which the customer knows who writes: that is asked once. NULL again when it turns
            // out that the message did not arrive.
            "ALTER TABLE conversation ADD COLUMN sender_known_by \(sql.bigint)",
            """
            CREATE TABLE consent_entry (          -- added to, never changed: `consentGuards` see to it
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                purpose      \(sql.text) NOT NULL CHECK (purpose IN ('service', 'utility', 'marketing')),
                change       \(sql.text) NOT NULL CHECK (change IN ('granted', 'withdrawn', 'requested')),
                is_double    \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_double IN (0, 1)),  -- by double opt-in
                source       \(sql.text) NOT NULL CHECK (source IN
                    ('form', 'message', 'import', 'crm', 'meta', 'staff', 'api', 'opt_in', 'merge')),
                words        TEXT NOT NULL DEFAULT '',  -- what the person was shown or said
                at           \(sql.bigint) NOT NULL,  -- when it was said
                recorded_at  \(sql.bigint) NOT NULL,
                actor        TEXT NOT NULL,
                evidence     TEXT NOT NULL DEFAULT '{}',  -- JSON: message ids, file and line, a code of Meta's
                message_id   \(sql.bigint),       -- of ours, that said it
                edit_wamid   \(sql.text) NOT NULL DEFAULT '',  -- of the edit of that message, where that one said it
                change_id    \(sql.bigint),       -- the import, merge or bulk action that it goes with
                -- Only the answer to a question of ours confirms, and a merge of what was confirmed.
                CHECK (is_double = 0 OR (change = 'granted' AND source IN ('opt_in', 'merge'))),
                CHECK (change <> 'requested' OR source = 'message')
            ) \(sql.strict)
            """,
            "CREATE INDEX consent_entry_contact ON consent_entry (workspace_id, contact_id, id)",
            """
            CREATE UNIQUE INDEX consent_entry_message ON consent_entry (workspace_id, message_id, purpose, edit_wamid)
            WHERE message_id IS NOT NULL
            """,
            """
            CREATE TABLE consent (                -- what the entries come to, for the send gate and for lists
                workspace_id \(sql.bigint) NOT NULL,
                contact_id   \(sql.bigint) NOT NULL,
                purpose      \(sql.text) NOT NULL CHECK (purpose IN ('service', 'utility', 'marketing')),
                standing     \(sql.text) NOT NULL CHECK (standing IN ('granted', 'withdrawn')),
                is_double    \(sql.bigint) NOT NULL DEFAULT 0 CHECK (is_double IN (0, 1)),
                since        \(sql.bigint) NOT NULL,
                entry_id     \(sql.bigint) NOT NULL,  -- the newest that says so
                confirmation_id \(sql.bigint),    -- the message that confirmed this withdrawal
                PRIMARY KEY (workspace_id, contact_id, purpose)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX consent_standing ON consent (workspace_id, purpose, standing, is_double, contact_id)",
            """
            CREATE TABLE opt_in (                 -- a question for consent, whose answer is the proof
                id                  \(sql.primaryKey),
                workspace_id        \(sql.bigint) NOT NULL,
                contact_id          \(sql.bigint) NOT NULL,
                number_id           \(sql.bigint) NOT NULL,
                state               \(sql.text) NOT NULL CHECK (
                    state IN ('waiting', 'granted', 'declined', 'expired', 'failed')),
                words               TEXT NOT NULL,   -- the question and its buttons, as they were shown
                language            TEXT NOT NULL,
                message_id          \(sql.bigint) NOT NULL,
                reminder_message_id \(sql.bigint),
                actor               TEXT NOT NULL,
                asked_at            \(sql.bigint) NOT NULL,
                remind_at           \(sql.bigint),  -- NULL when there is no reminder to come
                expires_at          \(sql.bigint) NOT NULL,
                answered_at         \(sql.bigint),
                answer_message_id   \(sql.bigint)
            ) \(sql.strict)
            """,
            "CREATE INDEX opt_in_contact ON opt_in (workspace_id, contact_id, id)",
            "CREATE UNIQUE INDEX opt_in_waiting ON opt_in (workspace_id, contact_id) WHERE state = 'waiting'",
            "CREATE INDEX opt_in_due ON opt_in (expires_at) WHERE state = 'waiting'",
            "CREATE INDEX opt_in_reminder ON opt_in (remind_at) WHERE state = 'waiting' AND remind_at IS NOT NULL",
            "CREATE INDEX opt_in_message ON opt_in (workspace_id, message_id) WHERE state = 'waiting'",
        ]
    }

    /// The database itself keeps the ledger: what an entry says is never changed, only whose it is (when contacts are
    /// merged). It goes only with the change that brought it, while that is put back, or with its person, while they are
    /// erased.
    static func consentGuards(_ sql: SQLDialect) -> [String] {
        let said = """
            id, workspace_id, purpose, change, is_double, source, words, at, recorded_at, actor, evidence, message_id,
                edit_wamid, change_id
            """
        let mayGo = """
            EXISTS (
                SELECT 1 FROM change c
                WHERE c.workspace_id = old.workspace_id AND c.id = old.change_id AND c.state = 'undoing'
            ) OR EXISTS (
                SELECT 1 FROM erasure e
                WHERE e.workspace_id = old.workspace_id AND e.state = 'running' AND (
                    e.contact_id = old.contact_id OR EXISTS (
                        SELECT 1 FROM contact p
                        WHERE p.workspace_id = old.workspace_id AND p.id = old.contact_id
                            AND p.merged_into IS NOT NULL
                    )
                )
            )
            """
        let refusal = "entries of the ledger of consent are added, and never changed"
        switch sql {
        case .sqlite:
            return [
                """
                CREATE TRIGGER consent_entry_said BEFORE UPDATE OF \(said) ON consent_entry BEGIN
                    SELECT RAISE(ABORT, '\(refusal)');
                END
                """,
                """
                CREATE TRIGGER consent_entry_gone BEFORE DELETE ON consent_entry
                WHEN NOT (\(mayGo)) BEGIN
                    SELECT RAISE(ABORT, '\(refusal)');
                END
                """,
            ]
        case .postgres:
            return [
                """
                CREATE FUNCTION consent_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        IF \(mayGo) THEN RETURN old; END IF;
                    END IF;
                    RAISE EXCEPTION '\(refusal)';
                END
                $$
                """,
                """
                CREATE TRIGGER consent_entry_said BEFORE UPDATE OF \(said) ON consent_entry
                FOR EACH ROW EXECUTE FUNCTION consent_entry_guard()
                """,
                """
                CREATE TRIGGER consent_entry_gone BEFORE DELETE ON consent_entry
                FOR EACH ROW EXECUTE FUNCTION consent_entry_guard()
                """,
                """
                CREATE TRIGGER consent_entry_emptied BEFORE TRUNCATE ON consent_entry
                FOR EACH STATEMENT EXECUTE FUNCTION consent_entry_guard()
                """,
            ]
        }
    }

    /// Changes of what is known of people, row by row.
    static func changeTables(_ sql: SQLDialect) -> [String] {
        [
            """
            CREATE TABLE change (                 -- an edit, an import, a merge, a bulk action
                id           \(sql.primaryKey),
                workspace_id \(sql.bigint) NOT NULL,
                kind         \(sql.text) NOT NULL CHECK (kind IN ('edit', 'import', 'merge', 'bulk')),
                state        \(sql.text) NOT NULL CHECK (state IN ('open', 'done', 'undoing', 'undone')),
                title        TEXT NOT NULL,       -- JSON: a sentence in every language
                actor        TEXT NOT NULL,
                at           \(sql.bigint) NOT NULL,
                rows         \(sql.bigint) NOT NULL DEFAULT 0,  -- of change_row
                undo_until   \(sql.bigint) NOT NULL,
                undone_at    \(sql.bigint),
                undone_by    TEXT,
                undone_rows  \(sql.bigint) NOT NULL DEFAULT 0,
                kept_rows    \(sql.bigint) NOT NULL DEFAULT 0,  -- were changed again since, and stayed
                undo_position \(sql.bigint),     -- of change_row: from here on all were gone through
                detail       TEXT NOT NULL DEFAULT '{}'  -- JSON of whoever made it
            ) \(sql.strict)
            """,
            "CREATE INDEX change_recent ON change (workspace_id, id)",
            "CREATE INDEX change_over ON change (undo_until)",
            """
            CREATE TABLE change_row (
                workspace_id \(sql.bigint) NOT NULL,
                change_id    \(sql.bigint) NOT NULL,
                position     \(sql.bigint) NOT NULL,  -- 1, 2, … in the order in which they were made
                contact_id   \(sql.bigint),       -- whose history shows it
                relation     \(sql.text) NOT NULL,
                key          TEXT NOT NULL,       -- JSON of the primary key
                before       TEXT,                -- JSON of the columns; NULL where there was no row
                after        TEXT,                -- JSON of the columns; NULL where there is no row any more
                outcome      \(sql.text),         -- of putting it back: 'restored', 'kept'
                PRIMARY KEY (workspace_id, change_id, position)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX change_row_contact ON change_row (workspace_id, contact_id, change_id, position)",
        ]
    }
}
