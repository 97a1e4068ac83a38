import GRDB
import GRDBSQLite

extension Database {
    /// Pages that the connection has written since it was opened: on the writer, those that went into the log.
    var pagesWritten: Int {
        var current: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &current, &highest, 0)
        return Int(current)
    }
}
