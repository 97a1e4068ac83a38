extension Migration {
    /// SQLite prepares a statement anew with every value that could let it use an index of some rows only. `kind = 'phone'`
    /// as such an index's condition did that to each lookup of a handle by a bound kind, once a message; what is no plain
    /// comparison of the column is left alone.
    static let unreadNumbersIndex = Migration(
        number: 27, name: "look handles up without new plans", oldestCompatible: 1
    ) { _ in
        [
            "DROP INDEX handle_unread",
            "CREATE INDEX handle_unread ON handle (id) WHERE LOWER(kind) = 'phone' AND number_kind IS NULL",
        ]
    }
}
