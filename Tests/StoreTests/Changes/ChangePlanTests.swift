import Domain
import Testing

@testable import Store

/// A change of a million rows stands beside one of two: whoever asks for a contact's rows must not walk all of them.
@Suite struct ChangePlanTests {
    @Test func `on SQLite the rows of a contact are found by the contact`() async throws {
        try await TestDatabase.sqlite.with { database in
            let listening = ListeningDatabase(database)
            let world = try await ConsoleWorld(listening)
            let plans = try await listening.plans { try await Self.work(world) }
            let asking = plans.filter { $0.sql.contains("change_row") && $0.sql.contains("contact_id") }
            #expect(asking.count > 5)
            let walks = asking.filter { plan in plan.steps.contains { Self.walks($0, in: plan.sql) } }
            #expect(walks.map(\.description) == [])
        }
    }

    /// An undone import deletes each of its contacts: what may still belong to one is looked for in all workspaces.
    @Test func `on SQLite a contact that is deleted is looked for nowhere from end to end`() async throws {
        try await TestDatabase.sqlite.with { database in
            let world = try await ConsoleWorld(database)
            let plans = try await world.store.database.read { connection in
                let tables = try connection.rows("SELECT name FROM sqlite_master WHERE type = 'table'", [:])
                return try tables.flatMap { table -> [String] in
                    let name: String = try table.get("name")
                    let keys = try connection.rows("SELECT * FROM pragma_foreign_key_list('\(name)')", [:])
                    return try keys.filter { try $0.get("table") == "contact" }.flatMap { key in
                        let column: String = try key.get("from")
                        let plan = "EXPLAIN QUERY PLAN SELECT 1 FROM \(name) WHERE \(column) = 1"
                        return try connection.rows(plan, [:]).map {
                            try "\(name): \($0.get("detail", as: String.self))"
                        }
                    }
                }
            }
            #expect(plans.count == 2)
            #expect(plans.filter { $0.contains("SCAN") } == [])
        }
    }

    /// Whatever goes through the rows of people: undoing imports and merges, histories, the audit trail, an erasure.
    private static func work(_ world: ConsoleWorld) async throws {
        let (store, workspace) = (world.store, world.workspace)
        let done = try await world.bring([
            .person(2, "5215511110001", name: "Ana Ruiz"), .person(3, "5215511110002", name: "Eva Ruiz"),
        ])
        _ = try await store.undo(try required(done.changeID), in: workspace, by: "Ana")

        let (lucia, other) = (try await world.makeLucia(), try await world.add(PersonSample(name: "Lucía")))
        let merged = try await store.merge(other, into: lucia, by: "Ana", in: workspace)
        _ = try await store.history(of: lucia, in: workspace)
        _ = try await store.audit(AuditQuery(contact: lucia), in: workspace)
        _ = try await store.undoMerge(merged.change, by: "Ana", in: workspace)
        try await world.erase(lucia)
    }

    /// All rows of the workspace, or of a change, where those of a contact are asked for.
    private static func walks(_ step: String, in sql: String) -> Bool {
        // Whether a change is of others, too, is known at the first row of somebody else's.
        if sql.contains("AS is_shared"), step.hasPrefix("SEARCH o ") { return false }
        let isOfRows = ["change_row", "o", "r", "t"].contains { step.hasPrefix("SEARCH \($0) USING PRIMARY KEY") }
        let isOfAll = ["(workspace_id=?)", "(workspace_id=? AND change_id=?)"].contains { step.hasSuffix($0) }
        return step.hasPrefix("SCAN change_row") || (isOfRows && isOfAll && sql.contains("contact_id IN"))
    }
}
