import Domain

extension SQLConnection {
    /// Writes anew what a contact is searched by: its names, and the newest 20 addresses that it has or had, folded
    /// to lower case. To be called after any of them changed: what is only added to would grow for ever.
    func writeSearchText(of contact: ContactID, in workspace: WorkspaceID) throws {
        let row = try row(
            "SELECT name, profile_name, username FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": contact])
        guard let row else { return }
        let addresses = try rows(
            """
            SELECT address FROM handle WHERE workspace_id = :workspace_id AND contact_id = :contact_id
            ORDER BY id DESC LIMIT 20
            """,
            ["workspace_id": workspace, "contact_id": contact]
        ).map { try $0.get("address", as: String.self) }
        let names = try ["name", "profile_name", "username"].compactMap { try row.get($0, as: String?.self) }
        try execute(
            "UPDATE contact SET search_text = :search_text WHERE workspace_id = :workspace_id AND id = :id",
            [
                "search_text": (names + addresses).filter { !$0.isEmpty }.joined(separator: " ").lowercased(),
                "workspace_id": workspace, "id": contact,
            ])
    }
}
