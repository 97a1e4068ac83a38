/// The few fragments in which the two engines differ. Everything else is one text for both.
package enum SQLDialect: String, CaseIterable, Sendable {
    case sqlite, postgres

    /// Behind a sub-select of rows to claim: never wait for a row that another node is taking.
    package var skipLocked: String {
        switch self {
        case .sqlite: ""
        case .postgres: "FOR UPDATE SKIP LOCKED"
        }
    }

    /// Behind a select of rows that this transaction goes on to change.
    package var forUpdate: String {
        switch self {
        case .sqlite: ""
        case .postgres: "FOR UPDATE"
        }
    }

    /// Behind a select of rows that must not change before this transaction commits.
    package var forShare: String {
        switch self {
        case .sqlite: ""
        case .postgres: "FOR SHARE"
        }
    }

    /// Behind `CREATE TABLE … (…)`.
    var strict: String {
        switch self {
        case .sqlite: "STRICT"
        case .postgres: ""
        }
    }

    /// A 64-bit key made by us. On SQLite it must be spelled exactly so to become the rowid.
    var primaryKey: String {
        switch self {
        case .sqlite: "INTEGER PRIMARY KEY"
        case .postgres: "BIGINT PRIMARY KEY"
        }
    }

    var bigint: String {
        switch self {
        case .sqlite: "INTEGER"
        case .postgres: "BIGINT"
        }
    }

    /// A floating-point number of 64 bits.
    var double: String {
        switch self {
        case .sqlite: "REAL"
        case .postgres: "DOUBLE PRECISION"
        }
    }

    var bytes: String {
        switch self {
        case .sqlite: "BLOB"
        case .postgres: "BYTEA"
        }
    }

    /// Text that is compared and sorted byte by byte, whatever the cluster's locale.
    var text: String {
        switch self {
        case .sqlite: "TEXT"
        case .postgres: "TEXT COLLATE \"C\""
        }
    }

    /// Behind a table whose primary key is not the rowid.
    var withoutRowID: String {
        switch self {
        case .sqlite: "STRICT, WITHOUT ROWID"
        case .postgres: ""
        }
    }

    /// Behind a table that is cut into days by its id.
    var partitionedByID: String {
        switch self {
        case .sqlite: "STRICT"
        case .postgres: "PARTITION BY RANGE (id)"
        }
    }

    /// The database's own clock in milliseconds since 1970: leases are measured on one clock for all nodes.
    package var nowMilliseconds: String {
        switch self {
        case .sqlite: "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"
        case .postgres: "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"
        }
    }

    /// The larger of two expressions, where neither is NULL.
    package func greatest(_ first: String, _ second: String) -> String {
        switch self {
        case .sqlite: "max(\(first), \(second))"
        case .postgres: "GREATEST(\(first), \(second))"
        }
    }

    /// The texts of all rows of a group in one, a line each, in no order; NULL when there are no rows.
    package func lines(_ expression: String) -> String {
        switch self {
        case .sqlite: "group_concat(replace(\(expression), char(10), ' '), char(10))"
        case .postgres: "string_agg(replace(\(expression), chr(10), ' '), chr(10))"
        }
    }

    /// Case-insensitive `LIKE` on text that is already folded to lower case; `\` escapes.
    package func like(_ column: String, _ parameter: String) -> String {
        "\(column) LIKE \(parameter) ESCAPE '\\'"
    }

    /// Behind a table, or its alias: the index by which its rows are found. SQLite keeps no figures of how many rows a
    /// value has, and would as soon walk all rows of a workspace or of a change; PostgreSQL knows better.
    package func byIndex(_ name: String) -> String {
        switch self {
        case .sqlite: "INDEXED BY \(name)"
        case .postgres: ""
        }
    }

    /// Behind `change_row`, where a contact's rows are asked for.
    var byContact: String { byIndex("change_row_contact") }

    /// Whether bytes hold other bytes.
    func contains(_ column: String, _ parameter: String) -> String {
        switch self {
        case .sqlite: "instr(\(column), \(parameter)) > 0"
        case .postgres: "position(\(parameter) IN \(column)) > 0"
        }
    }
}
