import GRDB
import GRDBSQLite
import Glibc

/// An open transaction on SQLite. Statements are prepared once per connection and kept (by GRDB); they are bound and
/// stepped through SQLite's own functions, since this is the path that every message takes many times.
final class SQLiteConnection: SQLConnection {
    private let database: Database
    private var isOver = false
    /// The first failure. SQLite would go on after it; PostgreSQL would not, so here the transaction ends with it too.
    private(set) var failure: (any Error)?

    init(_ database: Database) {
        self.database = database
    }

    var dialect: SQLDialect { .sqlite }
    /// SQLite's own connection, which knows what became of each statement.
    var handle: OpaquePointer? { database.sqliteConnection }

    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        try noting {
            let statement = try prepared(sql)
            defer { statement.reset() }
            return try run(statement, arguments)
        }
    }

    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int {
        guard !rows.isEmpty else { return 0 }
        return try noting {
            let statement = try prepared(sql)
            var changed = 0
            for arguments in rows {
                defer { statement.reset() }
                changed += try run(statement, arguments)
            }
            return changed
        }
    }

    /// - Returns: how many rows the statement changed. SQLite's running total says whether there were any; it also counts
    ///   what triggers and virtual tables write, which are nobody's rows.
    private func run(_ statement: SQLiteStatement, _ arguments: SQLArguments) throws -> Int {
        let before = database.totalChangesCount
        try statement.bind(arguments)
        while try statement.step() {}
        return database.totalChangesCount == before ? 0 : database.changesCount
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow] {
        try noting {
            let statement = try prepared(sql)
            defer { statement.reset() }
            try statement.bind(arguments)
            var answer: [SQLRow] = []
            while try statement.step() {
                answer.append(SQLRow(columns: statement.columns, values: statement.values()))
            }
            return answer
        }
    }

    /// Runs what the caller does in the transaction. A failed statement ends it also when the caller made light of it.
    func run<Value>(_ body: (any SQLConnection) throws -> Value) throws -> Value {
        defer { isOver = true }
        let value = try body(self)
        if let failure { throw failure }
        return value
    }

    private func noting<Value>(_ body: () throws -> Value) throws -> Value {
        if isOver { throw SQLError.misuse("a connection was used after its transaction") }
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }

    private func prepared(_ sql: String) throws -> SQLiteStatement {
        let statement = try mappingSQLiteErrors { try database.cachedStatement(sql: sql) }
        return SQLiteStatement(handle: statement.sqliteStatement, columns: statement.columnNames)
    }
}

/// A prepared statement: bound, stepped, reset.
private struct SQLiteStatement {
    let handle: OpaquePointer
    let columns: [String]

    func reset() {
        // The answer repeats the last step's error, which was thrown there.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    func bind(_ arguments: SQLArguments) throws {
        let count = Int(sqlite3_bind_parameter_count(handle))
        for position in 0..<count {
            // The name as SQLite keeps it has its ":" in front.
            guard let name = sqlite3_bind_parameter_name(handle, Int32(position + 1)) else {
                throw SQLError.misuse("a parameter without a name")
            }
            guard let value = value(named: name + 1, in: arguments, expectedAt: position) else {
                throw SQLError.misuse("no value for :\(String(cString: name + 1))")
            }
            try check(bind(value, at: Int32(position + 1)))
        }
    }

    private func value(
        named name: UnsafePointer<CChar>, in arguments: SQLArguments, expectedAt position: Int
    ) -> SQLValue? {
        let pairs = arguments.pairs
        if position < pairs.count, strcmp(name, pairs[position].name) == 0 { return pairs[position].value }
        return pairs.first { strcmp(name, $0.name) == 0 }?.value
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
        case .real(let real): sqlite3_bind_double(handle, index, real)
        // An empty buffer has no address, and SQLite takes no address for NULL.
        case .text(""): sqlite3_bind_text(handle, index, "", 0, copied)
        case .text(var text):
            text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text64(
                        handle, index, $0.baseAddress, UInt64($0.count), copied, UInt8(SQLITE_UTF8))
                }
            }
        case .blob(let bytes):
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(handle, index, 0)
                : bytes.withUnsafeBytes {
                    sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), copied)
                }
        }
    }

    /// Whether there is a row to read.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        try check(code)
        return false
    }

    func values() -> [SQLValue] {
        (0..<sqlite3_column_count(handle)).map { index in
            switch sqlite3_column_type(handle, index) {
            case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
            case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
            case SQLITE_TEXT:
                let count = Int(sqlite3_column_bytes(handle, index))
                let bytes = UnsafeBufferPointer(start: sqlite3_column_text(handle, index), count: count)
                return .text(String(decoding: bytes, as: UTF8.self))
            case SQLITE_BLOB:
                let bytes = UnsafeRawBufferPointer(
                    start: sqlite3_column_blob(handle, index), count: Int(sqlite3_column_bytes(handle, index)))
                return .blob([UInt8](bytes))
            default: return .null
            }
        }
    }

    private func check(_ code: Int32) throws {
        guard code != SQLITE_OK else { return }
        let connection = sqlite3_db_handle(handle)
        let text = String(cString: sqlite3_errmsg(connection))
        throw sqlError(
            code: ResultCode(rawValue: sqlite3_extended_errcode(connection)), text: text,
            systemError: sqlite3_system_errno(connection))
    }
}

/// SQLite copies the bytes before the call returns (`SQLITE_TRANSIENT`).
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
