package import Domain
import Secrets

/// CRM connections that people and programs make, beside those of puente.yaml. Every node sees the change by
/// ``Store/accountsVersion()``.
extension Store {
    /// - Parameter slug: its name, in addresses as well.
    /// - Throws: `conflict` with the detail `name` where the name is taken.
    package func createConnection(
        _ account: Provision.Connection, named slug: String, in workspace: WorkspaceID, by actor: String
    ) async throws -> ConnectionID {
        let id = ids.next(ConnectionRow.self)
        let sealed = try seal(account.secrets, of: id, in: workspace)
        try await editConnections(in: workspace, by: actor) { editor in
            try editor.create(account, id, named: slug, sealed: sealed)
        }
        return id
    }

    /// Other credentials, or another address. What only the old ones were paused for goes on.
    /// - Parameter expected: what the connection must say; nil: whatever it says.
    /// - Throws: `notFound`; `conflict` with the detail `provisioned`; `changedMeanwhile`.
    package func changeConnection(
        _ id: ConnectionID, _ account: Provision.Connection, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let sealed = try seal(account.secrets, of: id, in: workspace)
        try await editConnections(in: workspace, by: actor) { editor in
            try editor.change(id, account, expecting: expected, sealed: sealed)
        }
    }

    /// Off: what waits for it stays until it is on again.
    /// - Throws: `notFound`; `conflict` with the detail `provisioned`.
    package func switchConnection(
        _ id: ConnectionID, on isOn: Bool, in workspace: WorkspaceID, by actor: String
    ) async throws {
        try await editConnections(in: workspace, by: actor) { try $0.turn(id, on: isOn) }
    }

    /// Its credentials are deleted, its name is free again, and what waited for it is given up: the ledger counts that as
    /// not applicable.
    /// - Throws: `notFound`; `conflict` with the detail `provisioned`, or `still_on`.
    package func removeConnection(
        _ id: ConnectionID, in workspace: WorkspaceID, by actor: String
    ) async throws {
        try await editConnections(in: workspace, by: actor) { try $0.remove(id) }
    }

    private func seal(_ secrets: String, of id: ConnectionID, in workspace: WorkspaceID) throws -> String {
        try vault.seal(
            secrets, for: SealContext(table: "connection", column: "secrets", row: id, workspace: workspace))
    }

    private func editConnections(
        in workspace: WorkspaceID, by actor: String, _ edit: @escaping @Sendable (ConnectionEditor) throws -> Void
    ) async throws {
        let (store, now) = (self, now())
        try await database.write(on: .work) { connection in
            try connection.lock(["connections"], in: workspace)
            try edit(
                ConnectionEditor(store: store, connection: connection, workspace: workspace, actor: actor, now: now))
            try connection.execute(
                """
                INSERT INTO installation (name, value) VALUES ('connections_version', :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, ["value": store.ids.next(JobRow.self).description])
        }
    }
}
