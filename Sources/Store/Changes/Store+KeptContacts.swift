package import Domain

extension Store {
    /// How many of the contacts that a change made are still here although it was undone, since others changed something
    /// of them in between.
    /// - Parameter change: one that was undone; all its rows are looked at.
    package func keptContacts(of change: ChangeID, in workspace: WorkspaceID) async throws -> Int {
        try await database.read(on: .console) { connection in
            try connection.value(
                """
                SELECT COUNT(*) AS n FROM change_row
                WHERE workspace_id = :workspace_id AND change_id = :change_id AND outcome = 'kept'
                    AND relation = 'contact' AND before IS NULL
                """, ["workspace_id": workspace, "change_id": change], as: Int.self) ?? 0
        }
    }
}
