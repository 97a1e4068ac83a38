import Domain
import GRDBSQLite
import Testing

@testable import Store

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

    /// By the text of the writer's statements.
    private static func timesPreparedAgain(_ store: Store) async throws -> [String: Int] {
        try await store.database.write(on: .console, .inOrder) { connection in
            let database = try #require(connection as? SQLiteConnection).handle
            var times: [String: Int] = [:]
            var statement = sqlite3_next_stmt(database, nil)
            while let current = statement {
                times[String(cString: sqlite3_sql(current))] = Int(
                    sqlite3_stmt_status(current, SQLITE_STMTSTATUS_REPREPARE, 0))
                statement = sqlite3_next_stmt(database, current)
            }
            return times
        }
    }
}
