extension Migration {
    /// Connections that people make in the console beside those that puente.yaml names (`is_provisioned`), and take away
    /// again. A row that is taken away stays for what points at it: its credentials are gone, and its name is free.
    static let connectionOrigins = Migration(
        number: 25, name: "let people make connections", oldestCompatible: 1
    ) { sql in
        [
            "ALTER TABLE connection ADD COLUMN made_by TEXT",  // a person's or a key's name; NULL: puente.yaml
            "ALTER TABLE connection ADD COLUMN removed_at \(sql.bigint)",
        ]
    }
}
