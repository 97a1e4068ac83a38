import Domain

extension String {
    /// The key to lock for a message's wamid and the news that may have come before it.
    static func wamid(_ id: String) -> String { "wamid \(id)" }
}

extension SQLConnection {
    /// Until the transaction ends, nobody else who locks one of these keys goes on: so that two nodes which both meet
    /// a new customer make one contact. Sorted, so that no two wait for each other. SQLite has one writer anyway.
    func lock(_ keys: [String], in workspace: WorkspaceID) throws {
        guard dialect == .postgres else { return }
        for key in keys.sorted() {
            _ = try rows(
                "SELECT pg_advisory_xact_lock(hashtextextended(:key, :workspace_id))",
                ["key": key, "workspace_id": workspace])
        }
    }
}
