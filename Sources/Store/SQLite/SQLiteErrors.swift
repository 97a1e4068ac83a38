import GRDB
import Glibc

/// Runs `body`, turning GRDB's errors into ours.
func mappingSQLiteErrors<Value>(_ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch let error as DatabaseError {
        throw sqlError(code: error.extendedResultCode, text: error.message ?? "SQLite error")
    }
}

/// - Parameter systemError: the `errno` behind it, where it is known.
func sqlError(code: ResultCode, text: String, systemError: Int32? = nil) -> SQLError {
    switch code {
    case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
        .uniqueViolation(constraint: text)
    // The index of the log, which is no more than a cache, could not grow: nothing of the database is in doubt.
    case .SQLITE_IOERR_SHMSIZE: .full(text)
    // What a sync reports late was lost, a full disk or not.
    case .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC: .storageFailed(text)
    default:
        if code.primaryResultCode == .SQLITE_IOERR, let systemError, [ENOSPC, EDQUOT].contains(systemError) {
            .full(text)
        } else {
            sqlError(primary: code.primaryResultCode, text: text)
        }
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
