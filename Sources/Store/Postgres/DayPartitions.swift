import Domain

/// PostgreSQL's `intake` and `trail` are cut into days: retention drops a day in a moment, where deleting its rows would
/// take the database hours and leave the space to the vacuum. Days are made ahead by the clock; what falls into none
/// (nobody was there to make it) lies in the default partition and is deleted row by row. SQLite has none of this.
package struct DayPartitions: Sendable {
    /// So many days can pass without anybody making new ones.
    private static let daysAhead: Int64 = 7
    static let tables = ["intake", "trail"]

    private let database: any SQLDatabase

    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    /// Makes today's and the next days' partitions, where they are missing.
    /// - Returns: how many were made.
    @discardableResult
    package func prepare() async throws -> Int {
        guard database.dialect == .postgres else { return 0 }
        let now = try await database.read(on: .work) { try $0.databaseNow() }
        var made = 0
        for table in Self.tables {
            let today = DayPartition(table: table, holding: now).day
            let known = Set(try await database.read(on: .work) { try $0.partitions(of: table) })
            let wanted = (today...(today + Self.daysAhead)).map { DayPartition(table: table, day: $0) }
            for partition in wanted where !known.contains(partition) {
                made += try await database.write(on: .work) { try $0.make(partition) } ? 1 : 0
            }
        }
        return made
    }

    /// Drops the days that ended before a moment and hold nothing that is still needed.
    /// - Parameters:
    ///   - needed: a condition for the rows of a day; nil when nothing is.
    ///   - note: writes in the same transaction how many rows went.
    /// - Returns: how many rows went.
    func drop(
        _ table: String, endedBefore moment: Timestamp, keeping needed: (DayPartition) -> String?,
        note: @escaping @Sendable (any SQLConnection, Int) throws -> Void = { _, _ in }
    ) async throws -> Int {
        guard database.dialect == .postgres else { return 0 }
        let partitions = try await database.read(on: .work) { try $0.partitions(of: table) }
        var rows = 0
        for partition in partitions where partition.upper <= IDGenerator.lowest(at: moment) {
            let condition = needed(partition)
            rows += try await database.write(on: .work) { connection in
                let count = try connection.drop(partition, keeping: condition)
                if count > 0 { try note(connection, count) }
                return count
            }
        }
        return rows
    }
}

extension SQLConnection {
    func partitions(of table: String) throws -> [DayPartition] {
        try rows(
            """
            SELECT CAST(c.relname AS TEXT) AS name FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = CAST(CAST(:parent AS TEXT) AS REGCLASS)
            """, ["parent": table]
        ).compactMap { DayPartition(name: try $0.get("name"), of: table) }.sorted { $0.day < $1.day }
    }

    /// Attached rather than made in place: that needs no lock on the table that bodies are being appended to.
    fileprivate func make(_ partition: DayPartition) throws -> Bool {
        let (table, name) = (partition.table, partition.name)
        try prepareToAlter(table)
        guard try value("SELECT CAST(to_regclass('\(name)') IS NULL AS INTEGER) AS missing") == 1,
            try row("SELECT id FROM \(table)_rest WHERE id >= :lower AND id < :upper LIMIT 1", partition.bounds) == nil
        else { return false }
        try execute("CREATE TABLE \(name) (LIKE \(table) INCLUDING ALL)")
        try execute(
            "ALTER TABLE \(table) ATTACH PARTITION \(name) FOR VALUES FROM (\(partition.lower)) TO (\(partition.upper))"
        )
        return true
    }

    /// The rows are counted before the lock is taken, which stops all who append: of a day that is over nothing changes
    /// but what is still needed, and that is looked for again.
    fileprivate func drop(_ partition: DayPartition, keeping needed: String?) throws -> Int {
        let condition = needed.map { "WHERE \($0)" } ?? "WHERE FALSE"
        let anyNeeded = "SELECT 1 AS one FROM \(partition.name) \(condition) LIMIT 1"
        guard try row(anyNeeded) == nil else { return 0 }
        let count = try value("SELECT COUNT(*) AS n FROM \(partition.name)", as: Int.self) ?? 0
        try prepareToAlter(partition.table)
        try execute("LOCK TABLE \(partition.table) IN ACCESS EXCLUSIVE MODE")
        guard try row(anyNeeded) == nil else { return 0 }
        try execute("DROP TABLE \(partition.name)")
        return count
    }

    /// One node at a time; and rather later than that everybody waits behind us.
    private func prepareToAlter(_ table: String) throws {
        try execute("SET LOCAL lock_timeout = '1s'")
        _ = try rows("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))", ["key": "partitions of \(table)"])
    }
}

extension DayPartition {
    fileprivate var bounds: SQLArguments { ["lower": lower, "upper": upper] }

    /// What waits, and what somebody may still want to have interpreted again.
    fileprivate var neededBodies: String {
        """
        state IN ('waiting', 'claimed') OR EXISTS (
            SELECT 1 FROM unrouted u WHERE u.state = 'open' AND u.intake_id >= \(lower) AND u.intake_id < \(upper)
        )
        """
    }
}

extension Store {
    /// Drops whole days of what is past its time. Run before ``prune(_:while:)``, which deletes what is left row by row.
    /// - Returns: how many rows went.
    package func dropPastDays(_ retention: Retention) async throws -> Int {
        let now = now()
        let partitions = DayPartitions(database)
        let trail = try await partitions.drop("trail", endedBefore: now - retention.trail, keeping: { _ in nil })
        let node = ids.node
        let bodies = try await partitions.drop(
            "intake", endedBefore: now - retention.rawBodies, keeping: \.neededBodies
        ) { connection, count in
            var counters = CounterDeltas()
            counters.add("bodies.pruned", count)
            try counters.write(connection, at: now, node: node)
        }
        return trail + bodies
    }
}
