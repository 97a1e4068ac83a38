import Domain
import Synchronization
import Testing

@testable import Store

/// These tests stop their server, so each has one of its own.
@Suite(.serialized) struct PostgresOutageTests {
    @Test func `while the server is away calls fail at once, afterwards they go on by themselves`() async throws {
        let server = try await PostgresServer.start()
        try await withDatabase(on: server) { database in
            try await database.write { try $0.execute("CREATE TABLE note (id BIGINT PRIMARY KEY)") }
            try await database.write { try $0.execute("INSERT INTO note VALUES (1)") }

            try await server.crash()
            let first = await sqlError { try await database.write { try $0.execute("INSERT INTO note VALUES (2)") } }
            let second = await sqlError { try await database.read { try $0.rows("SELECT 1", [:]) } }

            #expect(first.isUnavailable && second.isUnavailable)
            #expect(database.outage != nil)

            try await server.restart()
            try await waitUntil {
                await isAnswered { try await database.write { try $0.execute("INSERT INTO note VALUES (3)") } }
            }

            let ids = try await database.read { try $0.rows("SELECT id FROM note ORDER BY id", [:]).map(\.values) }
            #expect(ids == [[.integer(1)], [.integer(3)]])
            #expect(database.outage == nil)
        }
    }

    @Test func `a COMMIT that no stand-by confirmed counts as unknown`() async throws {
        let server = try await PostgresServer.start()
        try await withDatabase(on: server, change: { $0.statementTimeout = .milliseconds(500) }) { database in
            try await database.write { try $0.execute("CREATE TABLE note (id BIGINT PRIMARY KEY)") }
            try await server.command("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
            try await server.command("SELECT pg_reload_conf()")
            try await waitUntil { try await database.health().replication != .none }

            let error = await sqlError { try await database.write { try $0.execute("INSERT INTO note VALUES (1)") } }
            let health = try await database.health()

            #expect(error.isCommitUnknown)
            #expect(health.replication == .synchronous(connected: 0))
            #expect(health.warning?.en.contains("none is connected") == true)
        }
    }

    @Test func `a server that would not survive a power loss is refused`() async throws {
        let server = try await PostgresServer.start()
        try await server.command("ALTER SYSTEM SET fsync = off")
        try await server.command("SELECT pg_reload_conf()")
        try await withDatabase(on: server) { database in
            try await waitUntil { !(await isAnswered { try await database.read { try $0.rows("SELECT 1", [:]) } }) }

            let error = await sqlError { try await database.read { try $0.rows("SELECT 1", [:]) } }

            #expect(
                error == .storageFailed("PostgreSQL runs with fsync = off: a commit would not survive a power loss"))
        }
    }

    @Test func `a session that would not wait for the disk is made to`() async throws {
        let server = try await PostgresServer.start()
        try await server.command("ALTER DATABASE postgres SET synchronous_commit = off")
        try await withDatabase(on: server) { database in
            let setting: String? = try await database.write {
                try $0.value("SELECT current_setting('synchronous_commit')")
            }

            #expect(setting == "on")
        }
    }

    private func withDatabase(
        on server: PostgresServer, change: (inout PostgresOptions) -> Void = { _ in },
        _ body: (PostgresDatabase) async throws -> Void
    ) async throws {
        var options = server.options(database: "postgres")
        change(&options)
        let database = try PostgresDatabase(options, log: quiet)
        try await closing(database) { try await body(database) }
    }

    private func isAnswered(_ body: () async throws -> some Any) async -> Bool {
        do {
            _ = try await body()
            return true
        } catch {
            return false
        }
    }
}
