import Domain
import Foundation
import Synchronization
import Testing

@testable import Store

/// What only PostgreSQL does: connections that break, transactions that lose, answers that never come.
@Suite struct PostgresDatabaseTests {
    private static let endOwnConnection = "SELECT pg_terminate_backend(pg_backend_pid())"

    @Test func `a connection that was ended while it rested is replaced unnoticed`() async throws {
        try await withPostgres { database in
            let before: Int? = try await database.read { try $0.value("SELECT pg_backend_pid()") }
            try await database.write { connection in
                _ = try connection.rows(
                    """
                    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
                    WHERE pid <> pg_backend_pid() AND datname = current_database()
                    """, [:])
            }

            let after: Int? = try await database.read { try $0.value("SELECT pg_backend_pid()") }

            #expect(before != nil && after != nil && before != after)
            #expect(database.outage == nil)
        }
    }

    @Test func `a connection that breaks before COMMIT has stored nothing, and the closure runs again`() async throws {
        try await withPostgres { database in
            try await database.write { try $0.execute("CREATE TABLE note (text TEXT)") }
            let attempts = Counter()

            try await database.write { connection in
                let attempt = attempts.next()
                try connection.execute("INSERT INTO note (text) VALUES (:text)", ["text": "attempt \(attempt)"])
                if attempt == 1 { _ = try connection.rows(Self.endOwnConnection, [:]) }
            }

            let notes = try await database.read {
                try $0.rows("SELECT text FROM note", [:]).map { try $0.get("text", as: String.self) }
            }
            #expect(notes == ["attempt 2"])
        }
    }

    @Test func `a COMMIT without an answer is neither stored nor repeated`() async throws {
        try await withPostgres { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE note (text TEXT)")
                try connection.execute(
                    """
                    CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$
                    """)
                try connection.execute(
                    """
                    CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION hang_up()
                    """)
            }
            let attempts = Counter()

            let error = await sqlError {
                try await database.write { connection in
                    attempts.next()
                    try connection.execute("INSERT INTO note (text) VALUES ('x')")
                }
            }

            #expect(error.isCommitUnknown)
            #expect(attempts.value == 1)
            let pid: Int? = try await database.write { try $0.value("SELECT pg_backend_pid()") }
            #expect(pid != nil)
        }
    }

    @Test func `of two transactions that wait for each other one runs again`() async throws {
        try await withPostgres { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, amount BIGINT NOT NULL)")
                try connection.execute("INSERT INTO account (id, amount) VALUES (1, 0), (2, 0)")
            }
            let meeting = Meeting(2)
            let attempts = Counter()

            try await withThrowingTaskGroup { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        try await database.write { connection in
                            attempts.next()
                            try connection.execute(
                                "UPDATE account SET amount = amount + 1 WHERE id = :id", ["id": first])
                            meeting.arrive()
                            try connection.execute(
                                "UPDATE account SET amount = amount + 1 WHERE id = :id", ["id": second])
                        }
                    }
                }
                try await group.waitForAll()
            }

            let amounts = try await database.read { try $0.rows("SELECT amount FROM account", [:]).map(\.values) }
            #expect(amounts == [[.integer(2)], [.integer(2)]])
            #expect(attempts.value == 3)
        }
    }

    @Test func `a failure that the closure passes over is thrown at the end`() async throws {
        try await withPostgres { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE thing (id BIGINT PRIMARY KEY)")
                try connection.execute("INSERT INTO thing (id) VALUES (1)")
            }

            let error = await sqlError {
                try await database.write { connection in
                    try? connection.execute("INSERT INTO thing (id) VALUES (1)")  // What this test is about.
                }
            }

            #expect(error == .uniqueViolation(constraint: "thing_pkey"))
        }
    }

    @Test func `a connection cannot be used after its transaction`() async throws {
        try await withPostgres { database in
            let kept = Mutex<Kept?>(nil)
            try await database.write { connection in kept.withLock { $0 = Kept(connection: connection) } }

            let error = await sqlError {
                try await database.write { _ in
                    try kept.withLock { try $0?.connection.execute("SELECT 1") }
                }
            }

            #expect(error == .misuse("a connection was used after its transaction"))
        }
    }

    @Test func `errors repeat no values of rows`() async throws {
        try await withPostgres { database in
            let error = await sqlError {
                try await database.write { connection in
                    try connection.execute("CREATE TABLE person (phone TEXT PRIMARY KEY)")
                    for _ in 1...2 {
                        try connection.execute("INSERT INTO person VALUES (:phone)", ["phone": "5215512345678"])
                    }
                }
            }

            #expect(error.isUniqueViolation)
            #expect(!"\(error)".contains("5215512345678"))
        }
    }

    @Test func `a statement or a lock that takes too long is ended by the server`() async throws {
        try await withPostgres(change: {
            $0.statementTimeout = .milliseconds(300)
            $0.lockTimeout = .milliseconds(100)
        }) { database in
            let slow = await sqlError { try await database.read { try $0.rows("SELECT pg_sleep(60)", [:]) } }
            try await database.write { try $0.execute("CREATE TABLE thing (id BIGINT)") }
            let locked = await sqlError {
                try await database.write(on: .work) { connection in
                    try connection.execute("LOCK TABLE thing IN EXCLUSIVE MODE")
                    _ = try Blocking.write(on: .intake, of: database) { try $0.execute("INSERT INTO thing VALUES (1)") }
                }
            }

            #expect(slow.isTimedOut)
            #expect(locked.isTimedOut)
            let one: Int? = try await database.read { try $0.value("SELECT 1") }
            #expect(one == 1)
        }
    }

    @Test func `a cancelled read stops its statement and leaves the connection in order`() async throws {
        try await withPostgres(change: { $0.consoleConnections = 1 }) { database in
            let reading = Task { try await database.read { try $0.rows("SELECT pg_sleep(25)", [:]) } }
            try await waitUntil {
                try await database.write {
                    try $0.value(
                        """
                        SELECT COUNT(*) = 1 FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND wait_event = 'PgSleep'
                        """, as: Bool.self) ?? false
                }
            }

            reading.cancel()

            await #expect(throws: CancellationError.self) { try await reading.value }
            for _ in 0..<20 {
                let one: Int? = try await database.read { try $0.value("SELECT 1") }
                #expect(one == 1)
            }
        }
    }

    @Test func `a statement prepared before the table changed is prepared again`() async throws {
        try await withPostgres(change: { $0.workConnections = 1 }) { database in
            let select = "SELECT * FROM thing"
            try await database.write { connection in
                try connection.execute("CREATE TABLE thing (id BIGINT)")
                _ = try connection.rows(select, [:])
            }
            try await database.write { try $0.execute("ALTER TABLE thing ADD COLUMN name TEXT DEFAULT 'x'") }
            try await database.write { try $0.execute("INSERT INTO thing (id) VALUES (1)") }

            let row = try await database.write { try $0.row(select) }

            #expect(row?.columns == ["id", "name"])
            #expect(row?.values == [.integer(1), .text("x")])
        }
    }

    @Test func `a claim from a growing queue reads no more of it than it takes`() async throws {
        try await withPostgres { database in
            try await database.write { connection in
                try connection.execute("CREATE TABLE queue (id BIGINT PRIMARY KEY, state TEXT NOT NULL)")
                try connection.execute("CREATE INDEX queue_waiting ON queue (id) WHERE state = 'waiting'")
                try connection.executeMany(
                    "INSERT INTO queue (id, state) VALUES (:id, 'waiting')", (1...5000).map { ["id": $0] })
            }

            let plan = try await database.write { connection in
                try connection.rows(
                    """
                    EXPLAIN UPDATE queue SET state = 'claimed' WHERE id IN (
                        SELECT id FROM queue WHERE state = 'waiting' ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED
                    )
                    """, [:]
                ).map { try $0.get("QUERY PLAN", as: String.self) }.joined(separator: "\n")
            }

            #expect(plan.contains("Index Scan using queue_waiting"))
            #expect(!plan.contains("Sort") && !plan.contains("Bitmap") && !plan.contains("Seq Scan"))
        }
    }

    @Test func `more different statements than are kept still run`() async throws {
        try await withPostgres { database in
            let sum = try await database.write { connection in
                try (1...1100).reduce(0) { sum, number in
                    try sum + (connection.value("SELECT \(number) + :zero", ["zero": 0]) ?? 0)
                }
            }

            #expect(sum == 605_550)
        }
    }

    @Test func `a pipeline of large rows does not stand still`() async throws {
        try await withPostgres { database in
            let body = [UInt8](repeating: 120, count: 200_000)
            let count: Int? = try await database.write { connection in
                try connection.execute("CREATE TABLE body (id BIGINT PRIMARY KEY, bytes BYTEA)")
                try connection.executeMany(
                    "INSERT INTO body VALUES (:id, :bytes) RETURNING bytes",
                    (1...100).map { ["id": $0, "bytes": body] })
                return try connection.value("SELECT COUNT(*) FROM body WHERE length(bytes) = 200000")
            }

            #expect(count == 100)
        }
    }

    @Test func `values of different kinds for one parameter are each sent as what they are`() async throws {
        try await withPostgres { database in
            let changed = try await database.write { connection in
                try connection.execute("CREATE TABLE reading (value DOUBLE PRECISION)")
                return try connection.executeMany(
                    "INSERT INTO reading VALUES (:value)",
                    [["value": 1], ["value": 2.5], ["value": nil as Int?], ["value": 3]])
            }

            let sum: Double? = try await database.read { try $0.value("SELECT SUM(value) FROM reading") }
            #expect((changed, sum) == (4, 6.5))
        }
    }

    @Test(arguments: [
        "postgresql://host:port/x", "nonsense", "postgresql://host:70000/x", "postgresql://host/x?nothing=1",
    ])
    func `an address that cannot be read is a misuse`(url: String) {
        let error = #expect(throws: SQLError.self) {
            try PostgresDatabase(PostgresOptions(url: url, password: "hunter2"), log: quiet)
        }

        #expect(error?.isMisuse == true)
        #expect(error?.sentence.contains("hunter2") == false)
    }

    @Test func `after closing nothing is taken, and what was submitted before is done`() async throws {
        let database = try PostgresDatabase(await PostgresCluster.shared.makeDatabase(), log: quiet)
        async let first: Int? = database.read { try $0.value("SELECT 1 FROM pg_sleep(0.1)") }
        try await waitUntil { try await database.read(on: .work) { _ in true } }

        #expect(try await first == 1)
        await database.close()
        await database.close()

        let error = await sqlError { try await database.read { try $0.rows("SELECT 1", [:]) } }
        #expect(error == .unavailable("the database is closed"))
    }

    @Test func `one server without stand-bys is healthy, and says what a fail-over would cost`() async throws {
        try await withPostgres { database in
            let health = try await database.health()

            #expect(health.version >= 150_000)
            #expect(health.replication == .none)
            #expect(health.warning?.en.contains("no synchronous stand-by") == true)
        }
    }
}

/// A connection taken out of its transaction, which nobody should do.
private struct Kept: @unchecked Sendable {
    let connection: any SQLConnection  // The test uses it on one thread at a time.
}

/// Counts across threads.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    @discardableResult
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Lets as many threads meet once; later comers pass.
final class Meeting: Sendable {
    private let missing: Mutex<Int>
    private let all = DispatchSemaphore(value: 0)

    init(_ count: Int) { missing = Mutex(count) }

    func arrive() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { all.signal() }
        if missing.withLock({ $0 >= 0 }) {
            all.wait()
            all.signal()
        }
    }
}

/// A transaction awaited on a thread that may wait.
enum Blocking {
    static func write<Value: Sendable>(
        on pool: SQLPool, of database: any SQLDatabase, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) throws -> Value {
        let outcome = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task {
            do {
                let value = try await database.write(on: pool, body)
                outcome.withLock { $0 = .success(value) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        return try outcome.withLock { outcome in
            guard let outcome else { throw SQLError.misuse("no outcome") }
            return try outcome.get()
        }
    }
}

/// Asks again until the answer is yes; the test's own time limit ends a wait that never does.
func waitUntil(_ condition: () async throws -> Bool) async throws {
    while try await !condition() { try await Task.sleep(for: .milliseconds(10)) }
}
