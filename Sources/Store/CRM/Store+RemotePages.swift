package import Domain

extension Store {
    /// Where people see the CRM's account, and its contacts: a contact's id follows.
    package func setPages(
        account: String, contact: String, of crm: ConnectionID, in workspace: WorkspaceID
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE connection SET account_page = :account, contact_page = :contact
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["account": account, "contact": contact, "workspace_id": workspace, "id": crm])
        }
    }
}

extension SQLConnection {
    /// Another account may be behind the connection: nobody is led to the former one's records.
    func forgetPages(of crm: ConnectionID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE connection SET account_page = NULL, contact_page = NULL
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["workspace_id": workspace, "id": crm])
    }
}
