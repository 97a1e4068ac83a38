extension Migration {
    /// News of templates and limits comes in any order: what is shown is the newest by Meta's time.
    static let newsTimes = Migration(number: 8, name: "keep the time of news", oldestCompatible: 1) { sql in
        // NULL while nothing was heard since this migration: whatever comes then is newer.
        [
            "ALTER TABLE template ADD COLUMN status_at \(sql.bigint)",
            "ALTER TABLE template ADD COLUMN category_at \(sql.bigint)",
            "ALTER TABLE number ADD COLUMN messaging_limit_at \(sql.bigint)",
        ]
    }
}
