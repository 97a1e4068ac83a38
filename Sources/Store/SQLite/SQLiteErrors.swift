import GRDB

/// Runs `body`, turning GRDB's errors into ours.
func mappingSQLiteErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw sqlError(code: error.extendedResultCode, text: error.message ?? "SQLite error")
    }
}

func sqlError(code: ResultCode, text: String) -> SQLError {
    switch code {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
        .uniqueViolation(constraint: text)
    default: sqlError(primary: code.primaryResultCode, text: text)
    }
}

private func sqlError(primary code: ResultCode, text: String) -> SQLError {
    switch code {
    case .SQLITE_CONSTRAINT: .constraint(text)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .conflict(text)
    case .SQLITE_FULL: .full(text)
    case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB: .storageFailed(text)
    case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .unavailable(text)
    case .SQLITE_INTERRUPT: .timedOut(text)
    default: .misuse(text)
    }
}
