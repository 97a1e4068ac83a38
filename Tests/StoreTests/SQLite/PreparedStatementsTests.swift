import Domain
import GRDBSQLite
import Testing

@testable import Store

/// What the statements of each message cost, as SQLite itself counts it.
@Suite struct PreparedStatementsTests {
    /// An index of some rows only, whose condition a bound value may meet, makes SQLite plan a statement anew at every run.
    @Test func `no statement is prepared again for each message`() async throws {
        try await TestDatabase.sqlite.withWorld { world in
            let customer = Participant(waID: "5215512345678", userID: "MX.13491208655302741918")
            try await world.receive([world.text("uno", wamid: "1", from: customer)])
            let before = try await Self.timesPreparedAgain(world.store)
            for number in 2...9 {
                try await world.receive([world.text("más", wamid: String(number), from: customer)])
            }
            let after = try await Self.timesPreparedAgain(world.store)
            #expect(after.filter { $0.value > before[$0.key, default: 0] }.keys.sorted() == [])
            #expect(!after.isEmpty)
        }
    }

    @Test func `whether somebody waits for a CRM already is found however many wait`() async throws {
        try await TestDatabase.sqlite.withWorld { world in
            try await world.map(MappingRow(local: .lastInboundAt, remote: "seen", direction: .toCRM, rule: .puenteWins))
            let contact = try await world.linked(PersonSample(name: "Ana", phones: ["34600111222"]))
            try await world.receive([world.text("uno", wamid: "1", from: Participant(waID: "34600111222"))])
            let alone = try await Self.steps(of: contact, world)
            let (workspace, crm) = (world.workspace, world.crm)
            _ = try await world.store.database.write { connection in
                try connection.executeMany(
                    "INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless) VALUES (:w, :c, :r, 1)",
                    (1...1000).map { ["w": workspace, "c": $0, "r": crm] })
            }

            let among = try await Self.steps(of: contact, world)

            #expect(alone > 0 && among < alone * 2)
        }
    }

    /// What SQLite does when a message moves somebody's conversation.
    private static func steps(of contact: ContactID, _ world: ConsoleWorld) async throws -> Int {
        let sql = "UPDATE conversation SET last_message_at = last_message_at + 1 WHERE contact_id = :contact"
        return try await world.store.database.write { connection in
            _ = try connection.execute("DELETE FROM sync_due WHERE contact_id = :contact", ["contact": contact])
            let before = try figure(SQLITE_STMTSTATUS_VM_STEP, connection)[sql, default: 0]
            _ = try connection.execute(sql, ["contact": contact])
            return try figure(SQLITE_STMTSTATUS_VM_STEP, connection)[sql, default: 0] - before
        }
    }

    private static func timesPreparedAgain(_ store: Store) async throws -> [String: Int] {
        try await store.database.write { try figure(SQLITE_STMTSTATUS_REPREPARE, $0) }
    }

    /// By the text of the writer's statements.
    private static func figure(_ which: Int32, _ connection: any SQLConnection) throws -> [String: Int] {
        let database = try #require(connection as? SQLiteConnection).handle
        var figures: [String: Int] = [:]
        var statement = sqlite3_next_stmt(database, nil)
        while let current = statement {
            figures[String(cString: sqlite3_sql(current))] = Int(sqlite3_stmt_status(current, which, 0))
            statement = sqlite3_next_stmt(database, current)
        }
        return figures
    }
}
