extension Migration {
    /// Everybody that a CRM knows, and everybody that it lacks, brought together once.
    static let backfills = Migration(number: 24, name: "back-fill connections", oldestCompatible: 1) { sql in
        [
            """
            CREATE TABLE backfill (
                id            \(sql.primaryKey),
                workspace_id  \(sql.bigint) NOT NULL REFERENCES workspace (id),
                connection_id \(sql.bigint) NOT NULL,
                state         \(sql.text) NOT NULL CHECK (state IN ('running', 'paused', 'stopped', 'done')),
                phase         \(sql.text) NOT NULL CHECK (phase IN ('from_crm', 'to_crm', 'history')),
                options       TEXT NOT NULL,      -- JSON: what a person chose
                cursor        TEXT,               -- of the phase: a connector's, or the last id; NULL: at its beginning
                batch         TEXT NOT NULL DEFAULT '[]',  -- JSON: ids of contacts that are on their way to the CRM
                counts        TEXT NOT NULL,      -- JSON
                done          \(sql.bigint) NOT NULL DEFAULT 0,  -- of this phase
                expected      \(sql.bigint),      -- of this phase; NULL while nobody can tell
                rate          \(sql.double) NOT NULL DEFAULT 0,  -- a second
                trouble       TEXT,               -- JSON: why it waits, in every language
                actor         TEXT NOT NULL,
                change_id     \(sql.bigint),      -- what it wrote here, to be put back by it
                started_at    \(sql.bigint) NOT NULL,
                phase_at      \(sql.bigint) NOT NULL,  -- when this phase began
                updated_at    \(sql.bigint) NOT NULL,
                ended_at      \(sql.bigint),
                CHECK ((state IN ('running', 'paused')) = (ended_at IS NULL))
            ) \(sql.strict)
            """,
            "CREATE INDEX backfill_recent ON backfill (workspace_id, connection_id, id)",
            """
            CREATE UNIQUE INDEX backfill_active ON backfill (workspace_id, connection_id)
            WHERE state IN ('running', 'paused')
            """,
        ]
    }
}
