package import Domain
package import Secrets

extension Store {
    /// How many sessions of a person are open now.
    package func openSessions(of staff: StaffID, in workspace: WorkspaceID) async throws -> Int {
        let now = now()
        return try await database.read(on: .console) { connection in
            try connection.value(
                """
                SELECT COUNT(*) AS sessions FROM session
                WHERE workspace_id = :workspace_id AND staff_id = :staff_id AND expires_at > :now
                """,
                ["workspace_id": workspace, "staff_id": staff, "now": now], as: Int.self) ?? 0
        }
    }

    /// Signs a person out everywhere but in the browser that asks.
    package func endOtherSessions(
        of staff: StaffID, keeping session: TokenHash?, in workspace: WorkspaceID
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.endSessions(of: staff, keeping: session, in: workspace)
        }
    }
}
