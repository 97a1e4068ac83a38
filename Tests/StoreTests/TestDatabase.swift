import Foundation
import Logging
import Testing

@testable import Store

/// The engines that every store test runs on.
enum TestDatabase: String, CaseIterable, CustomTestStringConvertible {
    case sqlite, postgres

    static let available = allCases

    var testDescription: String { rawValue }

    /// A new database, closed and removed when the body is done.
    func with<Value>(
        _ content: PostgresCluster.Content = .schema, _ body: (any SQLDatabase) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .sqlite: try await withSQLite(content, body)
        case .postgres: try await withPostgres(content) { try await body($0) }
        }
    }

    private func withSQLite<Value>(
        _ content: PostgresCluster.Content, _ body: (any SQLDatabase) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "puente-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "puente.db").path(), readers: 2)
        return try await closing(database) {
            if content == .schema { _ = try await Migrator(database).migrate() }
            return try await body(database)
        }
    }
}

/// A new database on the shared cluster, closed when the body is done.
func withPostgres<Value>(
    _ content: PostgresCluster.Content = .nothing, change: (inout PostgresOptions) -> Void = { _ in },
    _ body: (PostgresDatabase) async throws -> Value
) async throws -> Value {
    var options = try await PostgresCluster.shared.makeDatabase(content)
    change(&options)
    let database = try PostgresDatabase(options, log: quiet)
    return try await closing(database) { try await body(database) }
}

func closing<Value>(_ database: any SQLDatabase, _ body: () async throws -> Value) async throws -> Value {
    do {
        let value = try await body()
        await database.close()
        return value
    } catch {
        await database.close()
        throw error
    }
}

/// Tests that stop servers on purpose need no log of it.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
