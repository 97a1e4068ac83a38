internal import Domain

/// Sets a new connection up and makes sure that its server can keep our promises.
struct PostgresSessionCheck {
    private static let oldestVersion = 150_000

    private let options: PostgresOptions
    private let planning: PostgresPlanning

    init(_ options: PostgresOptions, _ planning: PostgresPlanning) {
        self.options = options
        self.planning = planning
    }

    func run(on link: PostgresLink) throws(SQLError) {
        let rows = try link.rows(Self.sql, arguments)
        guard let row = rows.first else { throw .unavailable("the server did not describe itself") }
        try requireVersion(try row.get("version"))
        guard try row.get("encoding", as: String.self) == "UTF8" else {
            throw .misuse("the database's encoding is not UTF8: make it anew with ENCODING 'UTF8'")
        }
        guard try row.get("fsync", as: String.self) == "on" else {
            throw .storageFailed("PostgreSQL runs with fsync = off: a commit would not survive a power loss")
        }
        // Where the server leaves the choice to the session, we choose durability.
        if try row.get("synchronous_commit", as: String.self) == "off" {
            try link.command("SET synchronous_commit = on")
        }
    }

    private func requireVersion(_ version: Int) throws(SQLError) {
        guard version >= Self.oldestVersion else {
            throw .misuse("PostgreSQL 15 or newer is needed; this is \(version / 10_000)")
        }
    }

    private var arguments: SQLArguments {
        [
            "statement_timeout": String(options.statementTimeout.wholeMilliseconds),
            "lock_timeout": String(options.lockTimeout.wholeMilliseconds),
            "idle_timeout": String(options.idleTimeout.wholeMilliseconds),
            "other_ways": planning.otherWays,
        ]
    }

    private static let sql = """
        SELECT
            set_config('statement_timeout', :statement_timeout, false),
            set_config('lock_timeout', :lock_timeout, false),
            set_config('idle_in_transaction_session_timeout', :idle_timeout, false),
            set_config('TimeZone', 'UTC', false),
            set_config('jit', 'off', false),
            set_config('enable_seqscan', :other_ways, false),
            set_config('enable_bitmapscan', :other_ways, false),
            set_config('enable_sort', :other_ways, false),
            CAST(current_setting('server_version_num') AS BIGINT) AS version,
            current_setting('server_encoding') AS encoding,
            current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS synchronous_commit
        """
}
