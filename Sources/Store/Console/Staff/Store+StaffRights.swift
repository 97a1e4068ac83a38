package import Domain

extension Store {
    /// What a person may do; it holds from their next request on.
    /// - Throws: `conflict` with the detail `last_admin`.
    package func setRole(_ role: StaffAccount.Role, of staff: StaffID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            if role != .admin { try connection.requireAnotherAdmin(than: staff, in: workspace) }
            try connection.execute(
                "UPDATE staff SET role = :role WHERE workspace_id = :workspace_id AND id = :id",
                ["role": role, "workspace_id": workspace, "id": staff])
        }
    }

    /// A disabled person is signed out at once and cannot sign in.
    /// - Throws: `conflict` with the detail `last_admin`.
    package func setDisabled(_ isDisabled: Bool, staff: StaffID, in workspace: WorkspaceID) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            if isDisabled { try connection.requireAnotherAdmin(than: staff, in: workspace) }
            try connection.execute(
                """
                UPDATE staff SET disabled_at = :disabled_at WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["disabled_at": isDisabled ? now : Timestamp?.none, "workspace_id": workspace, "id": staff])
            if isDisabled { try connection.endSessions(of: staff, keeping: nil, in: workspace) }
        }
    }
}

extension SQLConnection {
    /// Before an administrator is one no more: somebody else who may sign in has to be one. Until the transaction ends,
    /// so that two do not do it to each other.
    fileprivate func requireAnotherAdmin(than staff: StaffID, in workspace: WorkspaceID) throws {
        try lock(["staff"], in: workspace)
        let admins = try rows(
            "SELECT id FROM staff WHERE workspace_id = :workspace_id AND role = 'admin' AND disabled_at IS NULL",
            ["workspace_id": workspace]
        ).map { try $0.get("id", as: StaffID.self) }
        guard admins != [staff] else { throw PuenteError.lastAdmin }
    }
}

extension PuenteError {
    fileprivate static let lastAdmin = PuenteError(
        .conflict, detail: "last_admin",
        en: "This is the only administrator who may sign in. Make somebody else one first.",
        es: "Es la única persona de administración que puede entrar. Dé antes esa función a otra persona.")
}
