extension Migration {
    /// What is being done to many contacts, and put back, is found without looking at everything that was ever done.
    static let segments = Migration(number: 13, name: "find unfinished changes", oldestCompatible: 1) { _ in
        [
            "CREATE INDEX change_open ON change (id) WHERE state = 'open'"
        ]
    }
}
