package import Domain
import Secrets

extension SQLConnection {
    /// Whether the handle was a person's who was erased, and who has not come back by themself since. Nobody imports or
    /// makes such a contact without being told.
    ///
    /// - Parameters:
    ///   - kind: `phone`, `bsuid`, `parent_bsuid` or `email`.
    ///   - value: canonical, as handles keep it.
    func isErased(kind: String, value: String, in workspace: WorkspaceID, store: Store) throws -> Bool {
        try erasedAt(kind: kind, value: value, in: workspace, store: store) != nil
    }

    /// When the person with this handle was erased; nil for everybody else, and for whoever came back by themself.
    func erasedAt(kind: String, value: String, in workspace: WorkspaceID, store: Store) throws -> Timestamp? {
        let list = SQLValueList("hash", store.erased.candidates("\(workspace)", kind, value))
        let at = try self.value(
            "SELECT MAX(at) AS at FROM tombstone WHERE workspace_id = :workspace_id AND hash IN \(list.sql)",
            list.arguments(["workspace_id": workspace]), as: Timestamp?.self)
        guard let at = at.flatMap(\.self) else { return nil }
        let isBack =
            try row(
                """
                SELECT 1 AS one FROM handle
                WHERE workspace_id = :workspace_id AND kind = :kind AND value = :value AND valid_to IS NULL LIMIT 1
                """, ["workspace_id": workspace, "kind": kind, "value": value]) != nil
        return isBack ? nil : at
    }

    /// Remembers that somebody with these handles was erased, and nothing else of them.
    func bury(
        _ handles: [(kind: String, value: String)], in workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws {
        try executeMany(
            """
            INSERT INTO tombstone (workspace_id, hash, at) VALUES (:workspace_id, :hash, :now)
            ON CONFLICT (workspace_id, hash) DO UPDATE SET at = excluded.at
            """,
            handles.map { handle in
                [
                    "workspace_id": workspace, "hash": store.erased.hash("\(workspace)", handle.kind, handle.value),
                    "now": now,
                ]
            })
    }
}

/// What somebody may be found by.
package struct HandleKey: Hashable, Sendable {
    /// `phone`, `bsuid`, `parent_bsuid` or `email`.
    package let kind: String
    /// Canonical.
    package let value: String

    package init(kind: String, value: String) {
        self.kind = kind
        self.value = value
    }
}

extension Store {
    /// Which of the handles were people's who were erased and have not come back: see
    /// ``SQLConnection/isErased(kind:value:in:store:)``.
    package func erased(among handles: [HandleKey], in workspace: WorkspaceID) async throws -> Set<HandleKey> {
        try await database.read(on: .console) { connection in
            try connection.erasedHandles(among: Set(handles), in: workspace, store: self)
        }
    }
}
