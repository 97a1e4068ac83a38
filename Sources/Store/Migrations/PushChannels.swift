extension Migration {
    /// Some CRMs tell of changes through a channel that somebody has to open, and that lapses.
    static let pushChannels = Migration(
        number: 22, name: "know which CRMs tell of changes", oldestCompatible: 1
    ) { sql in
        ["ALTER TABLE connection ADD COLUMN push_renewal_at \(sql.bigint)"]  // NULL: no channel of ours is open
    }
}
