extension Migration {
    /// Pruning asks who else needs a file, and which rows wait for their file to go.
    static let mediaIndexes = Migration(number: 2, name: "find media by file", oldestCompatible: 1) { _ in
        [
            "CREATE INDEX media_file ON media (workspace_id, sha256) WHERE sha256 IS NOT NULL",
            "CREATE INDEX media_pruned ON media (id) WHERE state = 'pruned'",
        ]
    }
}
