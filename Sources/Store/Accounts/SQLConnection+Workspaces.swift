import Domain

extension SQLConnection {
    /// For what concerns each of them, one after the other.
    func workspaces() throws -> [WorkspaceID] {
        try rows("SELECT id FROM workspace ORDER BY id", [:]).map { try $0.get("id") }
    }
}
