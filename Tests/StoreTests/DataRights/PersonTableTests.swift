import Foundation
import Testing

@testable import Store

@Suite struct PersonTableTests {
    private static let columns: Set = ["contact_id", "contact_a", "contact_b", "local_id"]

    /// A table that comes later has to say what an erasure does with it.
    @Test(arguments: TestDatabase.available)
    func `every table that knows a contact is known to the erasure`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let tables = try await world.store.database.read { connection in
                try connection.tables().filter { table in
                    let row = try connection.rows("SELECT * FROM \(table) LIMIT 1", [:]).first
                    let columns = try row?.columns ?? connection.columns(of: table)
                    return columns.contains(where: Self.columns.contains)
                }
            }

            #expect(tables.count > 10)
            #expect(tables.filter { PersonTable.all[$0] == nil } == [])
        }
    }

    /// Entries are only ever added: nothing but retention takes one away, and nothing changes one.
    @Test func `the audit trail is only added to`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
        var deleting: [String] = []
        for path in paths {
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            #expect(!text.contains(/UPDATE\s+trail\b/), "\(path)")
            if text.contains(/DELETE\s+FROM\s+trail\b/) { deleting.append(path) }
        }
        #expect(deleting == ["Store/DataRights/Retention/WorkspacePruning.swift"])
    }
}

extension SQLConnection {
    func columns(of table: String) throws -> [String] {
        switch dialect {
        case .sqlite:
            try rows("SELECT name FROM pragma_table_info('\(table)')", [:]).map { try $0.get("name") }
        case .postgres:
            try rows(
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns WHERE table_name = :table",
                ["table": table]
            ).map { try $0.get("name") }
        }
    }
}
