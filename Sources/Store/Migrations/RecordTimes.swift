extension Migration {
    /// News of a record may come late and twice, in any order: what is older than what was taken over changes nothing.
    static let recordTimes = Migration(number: 7, name: "keep when a record changed", oldestCompatible: 1) { sql in
        // By the CRM's clock; NULL while it has not said.
        ["ALTER TABLE remote_ref ADD COLUMN changed_at \(sql.bigint)"]
    }
}
