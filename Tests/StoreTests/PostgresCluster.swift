import Foundation
import Logging

@testable import Store

/// A private PostgreSQL of this test run: made in a temporary folder when first needed, gone when the run is, however
/// it ends. Each test gets a database of its own.
///
/// A missing PostgreSQL is an error, and so a failed test.
actor PostgresCluster {
    /// The one that tests share, which nobody stops or reconfigures.
    static let shared = PostgresCluster()

    /// What a new database holds.
    enum Content: String {
        case nothing = "template1"
        /// The newest schema, migrated once and copied.
        case schema = "puente_schema"
    }

    private var server: Task<PostgresServer, any Error>?
    private var schema: Task<Void, any Error>?
    private var count = 0

    /// Makes a database; a few connections are enough for a test.
    func makeDatabase(_ content: Content = .nothing) async throws -> PostgresOptions {
        let server = try await started()
        if content == .schema { try await migrated(on: server) }
        count += 1
        let name = "test_\(count)"
        try await server.command("CREATE DATABASE \(name) TEMPLATE \(content.rawValue)")
        return server.options(database: name)
    }

    func started() async throws -> PostgresServer {
        if let server { return try await server.value }
        let task = Task { try await PostgresServer.start() }
        server = task
        return try await task.value
    }

    private func migrated(on server: PostgresServer) async throws {
        if let schema { return try await schema.value }
        let task = Task {
            try await server.command("CREATE DATABASE \(Content.schema.rawValue)")
            let database = try PostgresDatabase(
                server.options(database: Content.schema.rawValue), log: Logger(label: "test.template"))
            _ = try await Migrator(database).migrate()
            // A database with connections cannot be copied.
            await database.close()
        }
        schema = task
        try await task.value
    }
}
