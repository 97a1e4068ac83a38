extension Migration {
    /// All that a connection changed in a span is put back in slices; where it is outlives a restart.
    static let putBacks = Migration(number: 26, name: "put back what a CRM changed", oldestCompatible: 1) { sql in
        [
            """
            CREATE TABLE sync_put_back (
                id            \(sql.primaryKey),
                workspace_id  \(sql.bigint) NOT NULL REFERENCES workspace (id),
                connection_id \(sql.bigint) NOT NULL,
                state         \(sql.text) NOT NULL CHECK (state IN ('running', 'stopped', 'done')),
                from_at       \(sql.bigint) NOT NULL,  -- changes from this moment on
                to_at         \(sql.bigint) NOT NULL,  -- and before this one
                position      \(sql.bigint) NOT NULL,  -- up to which change it is done
                expected      \(sql.bigint),      -- fields to put back when it began
                counts        TEXT NOT NULL,      -- JSON
                writable      TEXT,               -- JSON: the CRM's fields that can be written; NULL: nobody knows
                knows_fields  \(sql.bigint) NOT NULL CHECK (knows_fields IN (0, 1)),
                actor         TEXT NOT NULL,
                started_at    \(sql.bigint) NOT NULL,
                updated_at    \(sql.bigint) NOT NULL,
                ended_at      \(sql.bigint),
                CHECK ((state = 'running') = (ended_at IS NULL))
            ) \(sql.strict)
            """,
            """
            CREATE UNIQUE INDEX sync_put_back_running ON sync_put_back (workspace_id, connection_id)
            WHERE state = 'running'
            """,
        ]
    }
}
