package import Domain
package import Secrets

extension Store {
    /// - Throws: `conflict` with the detail `email_taken`; `invalid` for what is no address or no name.
    package func createStaff(
        email: String, name: String, role: StaffAccount.Role, passwordHash: PasswordHash, in workspace: WorkspaceID
    ) async throws -> StaffID {
        let email = StaffAccount.folded(email)
        guard email.count >= 3, email.contains("@") else { throw PuenteError.noEmail }
        guard (1...200).contains(name.count) else { throw PuenteError.noName }
        let id = ids.next(StaffRow.self)
        let now = now()
        try await database.write(on: .work) { connection in
            let created = try connection.execute(
                """
                INSERT INTO staff (id, workspace_id, email, name, role, password_hash, created_at)
                VALUES (:id, :workspace_id, :email, :name, :role, :password_hash, :now)
                ON CONFLICT DO NOTHING
                """,
                [
                    "id": id, "workspace_id": workspace, "email": email, "name": name, "role": role,
                    "password_hash": passwordHash.rawValue, "now": now,
                ])
            guard created == 1 else { throw PuenteError.emailTaken }
        }
        return id
    }

    /// For signing in: the address is unique in the installation. A disabled account is found, too.
    package func staff(email: String) async throws -> StaffAccount? {
        let email = StaffAccount.folded(email)
        return try await database.read(on: .console) { connection in
            try connection.row(
                "SELECT \(StaffAccount.columns) FROM staff s WHERE s.email = :email AND s.workspace_id > 0",
                ["email": email]
            ).map(StaffAccount.init)
        }
    }

    /// Everybody of a workspace, by name; at most 1,000.
    package func staff(in workspace: WorkspaceID) async throws -> [StaffAccount] {
        try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(StaffAccount.columns) FROM staff s
                WHERE s.workspace_id = :workspace_id
                ORDER BY s.name, s.id
                LIMIT 1000
                """, ["workspace_id": workspace]
            ).map(StaffAccount.init)
        }
    }

    /// A new password ends all sessions but the one that is kept.
    package func setPassword(
        _ hash: PasswordHash, of staff: StaffID, in workspace: WorkspaceID, keeping session: TokenHash? = nil
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                "UPDATE staff SET password_hash = :hash WHERE workspace_id = :workspace_id AND id = :id",
                ["hash": hash.rawValue, "workspace_id": workspace, "id": staff])
            try connection.endSessions(of: staff, keeping: session, in: workspace)
        }
    }

    /// The same password at today's cost: nobody is signed out.
    package func renewPasswordHash(
        _ hash: PasswordHash, of staff: StaffID, in workspace: WorkspaceID
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                "UPDATE staff SET password_hash = :hash WHERE workspace_id = :workspace_id AND id = :id",
                ["hash": hash.rawValue, "workspace_id": workspace, "id": staff])
        }
    }

    package func setPreferences(
        language: Language?, theme: String?, of staff: StaffID, in workspace: WorkspaceID
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE staff SET language = :language, theme = :theme
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["language": language?.rawValue, "theme": theme, "workspace_id": workspace, "id": staff])
        }
    }
}

extension PuenteError {
    static let noEmail = PuenteError(
        .invalid, detail: "email", en: "That is no e-mail address.", es: "Eso no es una dirección de correo.")
    static let noName = PuenteError(
        .invalid, detail: "name", en: "A name has 1 to 200 characters.", es: "Un nombre tiene de 1 a 200 caracteres.")
    static let emailTaken = PuenteError(
        .conflict, detail: "email_taken", en: "Somebody signs in with this address already.",
        es: "Alguien ya inicia sesión con esta dirección.")
}
