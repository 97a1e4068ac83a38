extension Migration {
    /// A long body is recorded in several transactions. Every claim looks for bodies that came back without an outcome;
    /// there are hardly ever any, and looking through all that wait would make a backlog slower the longer it is.
    static let longBodies = Migration(number: 4, name: "record long bodies in parts", oldestCompatible: 1) { sql in
        [
            "ALTER TABLE intake ADD COLUMN next_position \(sql.bigint) NOT NULL DEFAULT 0",
            "CREATE INDEX intake_suspect ON intake (is_bulk, attempt, id) WHERE state = 'waiting' AND attempt > 0",
        ]
    }
}
