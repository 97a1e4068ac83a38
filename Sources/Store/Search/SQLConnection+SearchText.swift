import Domain

extension SQLConnection {
    /// Writes anew what a contact is searched and sorted by: its names, and the newest 20 addresses that it has or had.
    /// To be called after any of them changed: what is only added to would grow for ever.
    func writeSearchText(of contact: ContactID, in workspace: WorkspaceID) throws {
        let row = try row(
            "SELECT name, profile_name, username FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": contact])
        guard let row else { return }
        let addresses = try rows(
            """
            SELECT address, value FROM handle WHERE workspace_id = :workspace_id AND contact_id = :contact_id
            ORDER BY id DESC LIMIT 20
            """,
            ["workspace_id": workspace, "contact_id": contact]
        ).flatMap { [try $0.get("address", as: String.self), try $0.get("value", as: String.self)] }
        let text = ContactText(
            name: try row.get("name"), profileName: try row.get("profile_name"), username: try row.get("username"),
            addresses: addresses)
        try execute(
            """
            UPDATE contact SET search_text = :search_text, sort_name = :sort_name
            WHERE workspace_id = :workspace_id AND id = :id
                AND (search_text <> :search_text OR sort_name <> :sort_name)
            """,
            ["search_text": text.text, "sort_name": text.sortName, "workspace_id": workspace, "id": contact])
    }
}
