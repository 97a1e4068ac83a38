package import Domain

/// What a database says of itself, for checks and for the manifest of a backup. Changes nothing in it.
package struct DatabaseInspection: Equatable, Sendable {
    /// 0 for a database without tables.
    package let schema: Int
    /// Rows by table.
    package let rows: [String: Int]
    /// What the engine found damaged; empty when nothing is.
    package let damage: [String]
}

extension SQLDatabase {
    /// The number of the newest migration it has seen; 0 for a database without tables.
    package func schemaNumber() async throws -> Int {
        try await read(on: .console) { try $0.schemaNumber() }
    }

    /// The workspace that the configuration sets up; nil before the first start.
    package func provisionedWorkspace() async throws -> WorkspaceID? {
        try await read(on: .console) { connection in
            try connection.value(
                "SELECT id FROM workspace WHERE slug = :slug", ["slug": Store.provisionedWorkspace],
                as: WorkspaceID.self)
        }
    }
}

extension SQLiteDatabase {
    /// Reads every page: takes a while on a large database.
    package func inspect() async throws -> DatabaseInspection {
        try await read(on: .console) { connection in
            let damage = try connection.rows("PRAGMA integrity_check(20)", [:])
                .map { try $0.get("integrity_check", as: String.self) }.filter { $0 != "ok" }
            let tables = try connection.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'", [:]
            ).map { try $0.get("name", as: String.self) }
            var rows: [String: Int] = [:]
            for table in tables {
                rows[table] = try connection.value("SELECT COUNT(*) AS rows FROM \(table)", as: Int.self)
            }
            return DatabaseInspection(schema: try connection.schemaNumber(), rows: rows, damage: damage)
        }
    }
}

extension SQLDatabase {
    /// The media files that the database counts on, as `{workspace}/{sha256}`.
    package func storedMediaFiles() async throws -> Set<String> {
        try await read(on: .console) { connection in
            var files: Set<String> = []
            for row in try connection.rows(
                "SELECT DISTINCT workspace_id, sha256 FROM media WHERE state = 'stored' AND sha256 IS NOT NULL", [:])
            {
                let workspace: WorkspaceID = try row.get("workspace_id")
                files.insert("\(workspace)/\(try row.get("sha256", as: String.self))")
            }
            return files
        }
    }
}

extension Migrator {
    /// The schema that this program makes.
    package static var newestSchema: Int { Migration.newest }
}

extension SQLConnection {
    fileprivate func schemaNumber() throws -> Int {
        let isThere: Bool? =
            switch dialect {
            case .sqlite:
                try value("SELECT COUNT(*) AS found FROM sqlite_master WHERE name = 'schema_version'")
            case .postgres:
                try value("SELECT CAST(to_regclass('schema_version') IS NOT NULL AS INTEGER) AS found")
            }
        guard isThere == true else { return 0 }
        return try value("SELECT COALESCE(MAX(number), 0) AS number FROM schema_version") ?? 0
    }
}
