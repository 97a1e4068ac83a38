import Foundation
import Testing

@testable import Store

/// What both engines promise through the seam.
@Suite struct SQLDatabaseTests {
    private static func makeTable(_ connection: any SQLConnection) throws {
        let sql = connection.dialect
        try connection.execute(
            """
            CREATE TABLE sample (
                id \(sql.primaryKey), number \(sql.bigint), real DOUBLE PRECISION, text \(sql.text), blob \(sql.bytes)
            )
            """.replacingOccurrences(of: "DOUBLE PRECISION", with: sql == .sqlite ? "REAL" : "DOUBLE PRECISION"))
    }

    private static let insert = """
        INSERT INTO sample (id, number, real, text, blob) VALUES (:id, :number, :real, :text, :blob)
        """

    @Test(arguments: TestDatabase.available)
    func `every kind of value comes back as it was`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let rows: [SQLArguments] = [
                [
                    "id": 1, "number": Int64.max, "real": Double.pi, "text": "ñ 密碼 👩‍👩‍👧 'quoted' \\ %_",
                    "blob": [0, 1, 255] as [UInt8],
                ],
                ["id": 2, "number": Int64.min, "real": -0.5, "text": "", "blob": [] as [UInt8]],
                [
                    "id": 3, "number": nil as Int64?, "real": nil as Double?, "text": nil as String?,
                    "blob": nil as [UInt8]?,
                ],
                [
                    "id": 4, "number": true, "real": 1e300, "text": "e\u{301} \u{FFFF} \u{10FFFF}",
                    "blob": [UInt8](repeating: 7, count: 3_000_000),
                ],
            ]

            try await database.write { connection in
                try Self.makeTable(connection)
                for row in rows { try connection.execute(Self.insert, row) }
            }

            let stored = try await database.read {
                try $0.rows("SELECT id, number, real, text, blob FROM sample ORDER BY id", [:])
            }
            #expect(stored.map(\.values) == rows.map { $0.pairs.map(\.value) })
            #expect(stored.first?.columns == ["id", "number", "real", "text", "blob"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `U+0000 is kept as the replacement character on both engines`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let text: String? = try await database.write { connection in
                try Self.makeTable(connection)
                try connection.execute("INSERT INTO sample (id, text) VALUES (1, :text)", ["text": "a\u{0}b"])
                return try connection.value("SELECT text FROM sample")
            }

            #expect(text == "a\u{FFFD}b")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `many rows go in one call and are counted`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let rows = (1...3000).map { id -> SQLArguments in
                // Null at first, then not, then null: types are not known from the first row alone.
                [
                    "id": id, "number": id % 3 == 0 ? id : nil, "real": nil as Double?, "text": id > 10 ? "x" : nil,
                    "blob": nil as [UInt8]?,
                ]
            }

            let (inserted, repeated, updated) = try await database.write { connection in
                try Self.makeTable(connection)
                return (
                    try connection.executeMany(Self.insert, rows),
                    try connection.executeMany(Self.insert + " ON CONFLICT DO NOTHING", Array(rows.prefix(5))),
                    try connection.executeMany(
                        "UPDATE sample SET text = :text WHERE id <= :id",
                        [["id": 2, "text": "a"], ["id": 3, "text": "b"]])
                )
            }

            #expect((inserted, repeated, updated) == (3000, 0, 5))
            let sum: Int64? = try await database.read { try $0.value("SELECT SUM(number) FROM sample") }
            #expect(sum == 1_501_500)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `no rows at all is no work`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let changed = try await database.write { connection in
                try Self.makeTable(connection)
                return try connection.executeMany(Self.insert, [])
            }

            #expect(changed == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a duplicate is told apart from other broken rules, and nothing of its transaction stays`(
        on engine: TestDatabase
    ) async throws {
        try await engine.with(.nothing) { database in
            try await database.write { connection in
                try connection.execute(
                    "CREATE TABLE thing (id BIGINT PRIMARY KEY, size BIGINT NOT NULL CHECK (size > 0))")
                try connection.execute("INSERT INTO thing (id, size) VALUES (1, 1)")
            }

            let duplicate = await sqlError {
                try await database.write { connection in
                    try connection.execute("INSERT INTO thing (id, size) VALUES (2, 2)")
                    try connection.execute("INSERT INTO thing (id, size) VALUES (:id, 1)", ["id": 1])
                }
            }
            let many = await sqlError {
                try await database.write { connection in
                    try connection.executeMany(
                        "INSERT INTO thing (id, size) VALUES (:id, 1)", [["id": 3], ["id": 1], ["id": 4]])
                }
            }
            let broken = await sqlError {
                try await database.write { try $0.execute("INSERT INTO thing (id, size) VALUES (5, 0)") }
            }

            #expect(duplicate.isUniqueViolation)
            #expect(many.isUniqueViolation)
            #expect(broken.isConstraint)
            let ids = try await database.read {
                try $0.rows("SELECT id FROM thing", [:]).map { try $0.get("id", as: Int.self) }
            }
            #expect(ids == [1])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an error of the closure rolls back and is thrown as it is`(on engine: TestDatabase) async throws {
        struct Stop: Error {}
        try await engine.with(.nothing) { database in
            try await database.write { try Self.makeTable($0) }

            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO sample (id) VALUES (1)")
                    throw Stop()
                }
            }

            let count: Int? = try await database.read { try $0.value("SELECT COUNT(*) FROM sample") }
            #expect(count == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `parameters may come in any order and more than once; a missing one is named`(
        on engine: TestDatabase
    ) async throws {
        try await engine.with(.nothing) { database in
            let row = try await database.read {
                try $0.row(
                    "SELECT CAST(:b AS BIGINT) - CAST(:a AS BIGINT) AS x, CAST(:b AS BIGINT) AS y, ':c' AS z",
                    ["a": 1, "b": 5])
            }
            let missing = await sqlError { try await database.read { try $0.rows("SELECT :gone AS x", ["other": 1]) } }

            #expect(row?.values == [.integer(4), .integer(5), .text(":c")])
            #expect(missing == .misuse("no value for :gone"))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a parameter that is NULL first and a value later works in every place`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            try await database.write { connection in
                try Self.makeTable(connection)
                try connection.executeMany(
                    "INSERT INTO sample (id, number) VALUES (:id, 9000000000)", (1...9).map { ["id": $0] })
            }

            for after in [nil, 4, nil, 7] as [Int64?] {
                let ids = try await database.read { connection in
                    try connection.rows(
                        """
                        SELECT id FROM sample
                        WHERE (:after IS NULL OR id > :after) AND COALESCE(:after, 0) < 9 AND number > :limit - 1000
                        ORDER BY id
                        """,
                        ["after": after, "limit": 9_000_000_000]
                    ).map { try $0.get("id", as: Int64.self) }
                }
                #expect(ids == Array(((after ?? 0) + 1)...9))
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `sums are whole, averages are not, conditions are 0 and 1`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let row = try await database.write { connection in
                try Self.makeTable(connection)
                try connection.executeMany(
                    "INSERT INTO sample (id, number) VALUES (:id, :number)",
                    [["id": 1, "number": Int64.max - 1], ["id": 2, "number": 1], ["id": 3, "number": nil as Int64?]])
                return try connection.row(
                    """
                    SELECT SUM(number) AS sum, COUNT(number) AS count, AVG(id) AS average, MAX(id) = 3 AS largest,
                        MIN(number) IS NULL AS none, SUM(real) AS empty
                    FROM sample
                    """)
            }

            #expect(try row?.get("sum", as: Int64.self) == .max)
            #expect(try row?.get("count", as: Int.self) == 2)
            #expect(try row?.get("average", as: Double.self) == 2)
            #expect(try row?.get("largest", as: Bool.self) == true)
            #expect(try row?.get("none", as: Bool.self) == false)
            #expect(try row?.get("empty", as: Double?.self) == .some(nil))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `keys are compared and sorted by their bytes`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let texts = ["a", "B", "Z", "ñ", "n", "_", "ab", "A"]
            let sorted = try await database.write { connection in
                try Self.makeTable(connection)
                try connection.executeMany(
                    "INSERT INTO sample (id, text) VALUES (:id, :text)",
                    texts.enumerated().map { ["id": $0.offset, "text": $0.element] })
                return try connection.rows("SELECT text FROM sample WHERE text > :least ORDER BY text", ["least": "B"])
                    .map { try $0.get("text", as: String.self) }
            }

            #expect(sorted == ["Z", "_", "a", "ab", "n", "ñ"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a read sees one state and changes nothing`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            try await database.write { try Self.makeTable($0) }
            let began = DispatchSemaphore(value: 0)
            let written = DispatchSemaphore(value: 0)

            async let counts = database.read { connection -> [Int?] in
                let before: Int? = try connection.value("SELECT COUNT(*) FROM sample")
                began.signal()
                written.wait()
                return [before, try connection.value("SELECT COUNT(*) FROM sample")]
            }
            try await onThread { began.wait() }
            try await database.write { try $0.execute("INSERT INTO sample (id) VALUES (1)") }
            written.signal()

            #expect(try await counts == [0, 0])
            await #expect(throws: SQLError.self) {
                try await database.read { try $0.execute("INSERT INTO sample (id) VALUES (2)") }
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a cancelled task's write is done all the same`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            try await database.write { try Self.makeTable($0) }

            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await database.write { try $0.execute("INSERT INTO sample (id) VALUES (1)") }
            }

            #expect(try await task.value == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a mistake in a statement is a misuse`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            for sql in ["SELEC 1", "SELECT x FROM nowhere", "SELECT nothing(1)"] {
                let error = await sqlError { try await database.read { try $0.rows(sql, [:]) } }
                #expect(error.isMisuse, "\(sql)")
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `after a failed statement a transaction takes no more and keeps nothing`(on engine: TestDatabase) async throws
    {
        try await engine.with(.nothing) { database in
            try await database.write { connection in
                try Self.makeTable(connection)
                try connection.execute("INSERT INTO sample (id) VALUES (1)")
            }

            await #expect(throws: SQLError.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO sample (id) VALUES (2)")
                    // Made light of by the closure: the transaction ends with it all the same.
                    _ = try? connection.execute("INSERT INTO sample (id) VALUES (1)")
                    #expect(throws: SQLError.self) { try connection.execute("INSERT INTO sample (id) VALUES (3)") }
                    #expect(throws: SQLError.self) { try connection.rows("SELECT id FROM sample", [:]) }
                }
            }

            let left = try await database.read { try $0.value("SELECT COUNT(*) AS n FROM sample", as: Int.self) }
            #expect(left == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a connection is of no use after its transaction`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            let kept = KeptConnection()
            try await database.write { kept.keep($0) }
            try await database.write { _ in
                #expect(throws: SQLError.misuse("a connection was used after its transaction")) {
                    try kept.use("SELECT 1 AS one")
                }
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `many writers at once lose nothing`(on engine: TestDatabase) async throws {
        try await engine.with(.nothing) { database in
            try await database.write { connection in
                try Self.makeTable(connection)
                try connection.execute("INSERT INTO sample (id, number) VALUES (1, 0)")
            }

            try await withThrowingTaskGroup { group in
                for id in 2...60 {
                    group.addTask {
                        try await database.write(on: id.isMultiple(of: 2) ? .work : .intake) { connection in
                            try connection.execute("INSERT INTO sample (id) VALUES (:id)", ["id": id])
                            try connection.execute("UPDATE sample SET number = number + 1 WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }

            let number: Int? = try await database.read { try $0.value("SELECT number FROM sample WHERE id = 1") }
            #expect(number == 59)
        }
    }
}

/// The database's error of a body that must fail.
func sqlError(_ body: () async throws -> some Any) async -> SQLError {
    do {
        _ = try await body()
        Issue.record("no error was thrown")
        return .misuse("none")
    } catch let error as SQLError {
        return error
    } catch {
        Issue.record("another kind of error: \(error)")
        return .misuse("other")
    }
}

extension SQLError {
    var isUniqueViolation: Bool { if case .uniqueViolation = self { true } else { false } }
    var isConstraint: Bool { if case .constraint = self { true } else { false } }
    var isMisuse: Bool { if case .misuse = self { true } else { false } }
    var isUnavailable: Bool { if case .unavailable = self { true } else { false } }
    var isTimedOut: Bool { if case .timedOut = self { true } else { false } }
    var isCommitUnknown: Bool { if case .commitUnknown = self { true } else { false } }
}

/// What a transaction must not do: hand its connection out.
private final class KeptConnection: @unchecked Sendable {
    // Touched only inside transactions of one writer, one after the other.
    private var connection: (any SQLConnection)?

    func keep(_ connection: any SQLConnection) {
        self.connection = connection
    }

    func use(_ sql: String) throws {
        _ = try connection?.rows(sql, [:])
    }
}
