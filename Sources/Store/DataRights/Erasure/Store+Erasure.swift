package import Domain
import Secrets

extension Store {
    /// Erases a person: the contact with everything that hangs on it is gone when this returns, and nothing leaves for
    /// them any more. Messages, files and raw webhooks follow in slices: see ``openErasures()``. It cannot be undone.
    ///
    /// - Parameter quietSince: nothing has happened with the person since: later raw webhooks are not looked through.
    /// - Returns: the erasure, and whom to wake and tell.
    /// - Throws: `notFound`.
    package func erase(
        _ contact: ContactID, wish: ErasureWish, reason: Erasure.Reason = .request, quietSince: Timestamp? = nil,
        by actor: String, in workspace: WorkspaceID
    ) async throws -> (erasure: ErasureID, report: RecordReport) {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let beginning = ErasureBeginning(
                store: store, connection: connection, workspace: workspace, actor: actor, reason: reason, wish: wish,
                quietSince: quietSince, now: now)
            let begun = try connection.overwritingDeleted { try beginning.begin(contact) }
            guard let begun else { throw PuenteError.noPerson }
            return begun
        }
    }

    package func erasure(_ id: ErasureID, in workspace: WorkspaceID) async throws -> Erasure? {
        try await database.read(on: .console) { connection in
            let row = try connection.row(
                "SELECT \(Erasure.columns) FROM erasure WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id])
            return try row.map { try Erasure($0, notices: try connection.erasureNotices(of: id, in: workspace)) }
        }
    }

    /// Those that have begun and are not done, over all workspaces; also what a restart interrupted.
    package func openErasures() async throws -> [OpenErasure] {
        let vault = vault
        return try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT id, workspace_id, place, last_body, traces FROM erasure
                WHERE state = 'running' ORDER BY id LIMIT 50
                """, [:]
            ).map { row in
                let id: ErasureID = try row.get("id")
                let workspace: WorkspaceID = try row.get("workspace_id")
                return OpenErasure(
                    id: id, workspace: workspace, place: try row.get("place"), lastBody: try row.get("last_body"),
                    traces: try PersonTraces.opened(try row.get("traces"), of: id, in: workspace, vault: vault))
            }
        }
    }

    func seal(_ traces: PersonTraces, of erasure: ErasureID, in workspace: WorkspaceID) throws -> String {
        try vault.seal(try JSONText.encode(traces), for: .traces(of: erasure, in: workspace))
    }
}

extension PersonTraces {
    static func opened(
        _ sealed: String, of erasure: ErasureID, in workspace: WorkspaceID, vault: Vault
    ) throws -> PersonTraces {
        try JSONText.decode(
            PersonTraces.self, from: try vault.openText(sealed, for: .traces(of: erasure, in: workspace)))
    }
}

extension SealContext {
    fileprivate static func traces(of erasure: ErasureID, in workspace: WorkspaceID) -> SealContext {
        SealContext(table: "erasure", column: "traces", row: erasure, workspace: workspace)
    }
}

extension SQLConnection {
    /// What the closure deletes is overwritten with zeros. Else SQLite leaves it in the file's free pages until something
    /// else needs the room. PostgreSQL's vacuum does the same in its time.
    @discardableResult
    func overwritingDeleted<Value>(_ body: () throws -> Value) throws -> Value {
        guard dialect == .sqlite else { return try body() }
        let before = try value("PRAGMA secure_delete", as: Int.self) ?? 0
        _ = try rows("PRAGMA secure_delete = ON", [:])
        let value = try body()
        // After a failure it stays on, which costs some writing and nothing else.
        _ = try rows("PRAGMA secure_delete = \(before)", [:])
        return value
    }

    fileprivate func erasureNotices(of erasure: ErasureID, in workspace: WorkspaceID) throws -> [Erasure.Notice] {
        try rows(
            """
            SELECT k.id, k.slug, k.kind, n.wish, n.state, n.at
            FROM erasure_notice n
            JOIN connection k ON k.workspace_id = n.workspace_id AND k.id = n.connection_id
            WHERE n.workspace_id = :workspace_id AND n.erasure_id = :erasure_id
            ORDER BY k.id
            """, ["workspace_id": workspace, "erasure_id": erasure]
        ).map { row in
            Erasure.Notice(
                connection: try row.get("id"), name: try row.get("slug"), kind: try row.get("kind"),
                wish: try row.get("wish"), state: try row.get("state"), at: try row.get("at"))
        }
    }
}
