import Domain
import Store

/// The store as commands use it: opened, used, closed, whatever happens.
enum CommandStore {
    /// To write. On SQLite this takes the lock, so that it says so when the server runs. An installation that was never
    /// started is set up first.
    static func write<Value>(
        _ configuration: Configuration, as command: String, _ body: (OpenStore, WorkspaceID) async throws -> Value
    ) async throws -> Value {
        let open = try await StoreOpening(configuration).open(as: command)
        return try await closing(open) {
            let known = try await open.store.database.provisionedWorkspace()
            let workspace =
                if let known { known } else { try await open.store.provision(try configuration.provision) }
            return try await body(open, workspace)
        }
    }

    /// To read, also beside a running server. An entry in the audit trail may be added all the same: on SQLite it is one
    /// short transaction that the server's wait for.
    static func read<Value>(
        _ configuration: Configuration, _ body: (OpenStore, WorkspaceID) async throws -> Value
    ) async throws -> Value {
        let open = try await StoreOpening(configuration).openToRead()
        return try await closing(open) {
            guard let workspace = try await open.store.database.provisionedWorkspace() else {
                throw PuenteError.noDatabaseYet(configuration.database)
            }
            return try await body(open, workspace)
        }
    }

    private static func closing<Value>(
        _ open: OpenStore, _ body: () async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await body()
            await open.close()
            return value
        } catch {
            await open.close()
            throw error
        }
    }
}
