extension Migration {
    /// Lists of contacts on their way in.
    static let imports = Migration(number: 11, name: "import lists of contacts", oldestCompatible: 1) { sql in
        [
            """
            CREATE TABLE import (
                id            \(sql.primaryKey),
                workspace_id  \(sql.bigint) NOT NULL REFERENCES workspace (id),
                state         \(sql.text) NOT NULL CHECK (state IN
                    ('uploaded', 'checking', 'checked', 'importing', 'done', 'cancelled', 'failed')),
                file_name     TEXT NOT NULL,      -- as the person's machine called it
                size          \(sql.bigint) NOT NULL,
                sha256        \(sql.text) NOT NULL,  -- the file's name in the imports folder; '' when it was read in place
                is_file_kept  \(sql.bigint) NOT NULL CHECK (is_file_kept IN (0, 1)),
                plan          TEXT NOT NULL,      -- JSON: how the file is read, what its columns mean
                options       TEXT NOT NULL,      -- JSON: what becomes of contacts that are here, consent, labels
                actor         TEXT NOT NULL,
                rows_read     \(sql.bigint) NOT NULL DEFAULT 0,
                position      \(sql.bigint) NOT NULL DEFAULT 0,  -- of the last import_row that was written
                share         \(sql.double) NOT NULL DEFAULT 0,  -- of this state's work, 0 to 1
                rate          \(sql.double) NOT NULL DEFAULT 0,  -- rows a second
                left_ms       \(sql.bigint),      -- NULL while nobody can tell
                phase_at      \(sql.bigint) NOT NULL,  -- when this state began
                report        TEXT,               -- JSON: what the check found
                result        TEXT,               -- JSON: what was written
                failure       TEXT,               -- JSON: a sentence in every language
                change_id     \(sql.bigint),      -- what it wrote, to be put back by it
                claimed_by    \(sql.text),        -- who works on it, until when by the database's clock
                claimed_until \(sql.bigint),
                created_at    \(sql.bigint) NOT NULL,
                updated_at    \(sql.bigint) NOT NULL,
                ended_at      \(sql.bigint)
            ) \(sql.strict)
            """,
            "CREATE INDEX import_recent ON import (workspace_id, id)",
            "CREATE INDEX import_work ON import (id) WHERE state IN ('checking', 'importing')",
            "CREATE INDEX import_file ON import (workspace_id, sha256) WHERE is_file_kept = 1",
            """
            CREATE TABLE import_row (             -- a row of the file, as it was judged
                workspace_id \(sql.bigint) NOT NULL,
                import_id    \(sql.bigint) NOT NULL,
                position     \(sql.bigint) NOT NULL,  -- 1, 2, … in the file's order
                number       \(sql.bigint) NOT NULL,  -- as a spreadsheet shows it
                verdict      \(sql.text) NOT NULL CHECK (verdict IN
                    ('new', 'fills', 'changes', 'same', 'kept', 'duplicate', 'rejected')),
                notes        TEXT NOT NULL,       -- JSON: codes and sentences, why
                contact_id   \(sql.bigint),       -- who it is here, once it is written also of who is new
                person       TEXT,                -- JSON: whom it speaks of; NULL where it is not taken
                changes      TEXT,                -- JSON: what it would change
                cells        TEXT,                -- JSON: as it stood in the file; NULL where it is taken
                PRIMARY KEY (workspace_id, import_id, position)
            ) \(sql.withoutRowID)
            """,
            "CREATE INDEX import_row_verdict ON import_row (workspace_id, import_id, verdict, position)",
            "CREATE INDEX import_row_contact ON import_row (workspace_id, contact_id) WHERE contact_id IS NOT NULL",
        ]
    }
}
