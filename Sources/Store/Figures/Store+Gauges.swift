package import Domain

/// What an operator watches, of the whole installation at one moment.
package struct InstallationGauges: Sendable {
    package struct Jobs: Sendable {
        package let kind: String
        package let state: String
        /// Of available ones at most ``InstallationGauges/ceiling`` of each lane, the longest due.
        package let count: Int
        /// When the one that waits longest became due; of available ones only.
        package let oldestDue: Timestamp?
    }

    /// How far the waiting jobs of a lane are counted: no index knows their kinds, and looking at a million of them for
    /// each scrape would take seconds.
    package static let ceiling = 10_000

    /// Of unfinished jobs.
    package let jobs: [Jobs]
    package let overdue: Int
    package let unrouted: Int
    /// By scope.
    package let pauses: [String: Int]
    /// Open ones, by kind.
    package let alarms: [String: Int]
    /// Those among them that are of a CRM connection.
    package let connectionAlarms: [ConnectionAlarm]
    package let isHeld: Bool
    package let workspaces: [WorkspaceID]
}

extension Store {
    /// Read for `/metrics`: over every workspace, through the partial indexes of unfinished work.
    package func gauges(countingUpTo ceiling: Int = InstallationGauges.ceiling) async throws -> InstallationGauges {
        let now = now()
        return try await database.read(on: .console) { connection in
            InstallationGauges(
                jobs: try connection.availableJobs(now, upTo: ceiling) + connection.busyJobs(),
                overdue: try connection.value(
                    "SELECT COUNT(*) AS jobs FROM job WHERE state = 'discarded' AND answer_by < :now", ["now": now],
                    as: Int.self) ?? 0,
                unrouted: try connection.value(
                    "SELECT COUNT(*) AS entries FROM unrouted WHERE state = 'open'", as: Int.self) ?? 0,
                pauses: try connection.groups(
                    """
                    SELECT scope AS name, COUNT(*) AS rows FROM pause WHERE until IS NULL OR until > :now GROUP BY scope
                    """, ["now": now]),
                alarms: try connection.groups(
                    "SELECT kind AS name, COUNT(*) AS rows FROM alarm WHERE cleared_at IS NULL GROUP BY kind"),
                connectionAlarms: try connection.connectionAlarms(), isHeld: try connection.isHeld(),
                workspaces: try connection.workspaces())
        }
    }
}

extension SQLConnection {
    /// Lane by lane, so that a long queue hides no other, and from the front, so that what is due longest is among them.
    fileprivate func availableJobs(_ now: Timestamp, upTo ceiling: Int) throws -> [InstallationGauges.Jobs] {
        var counts: [String: Int] = [:]
        var oldest: [String: Timestamp] = [:]
        for lane in try rows("SELECT id FROM lane ORDER BY id", [:]) {
            let kinds = try rows(
                """
                SELECT kind, COUNT(*) AS jobs, MIN(due_at) AS oldest FROM (
                    SELECT kind, due_at FROM job WHERE lane = :lane AND state = 'available'
                    ORDER BY due_at, id LIMIT :ceiling
                ) AS waiting
                GROUP BY kind
                """, ["lane": try lane.get("id", as: String.self), "ceiling": ceiling])
            for row in kinds {
                let kind: String = try row.get("kind")
                let due: Timestamp = try row.get("oldest")
                counts[kind, default: 0] += try row.get("jobs", as: Int.self)
                oldest[kind] = min(oldest[kind] ?? due, due)
            }
        }
        return counts.sorted { $0.key < $1.key }.map { kind, count in
            InstallationGauges.Jobs(
                kind: kind, state: JobState.available.rawValue, count: count,
                oldestDue: oldest[kind].flatMap { $0 <= now ? $0 : nil })
        }
    }

    /// Those in somebody's hands, and dead letters: never many. The states are literals, so that the partial indexes can
    /// be used; finished jobs are never read.
    fileprivate func busyJobs() throws -> [InstallationGauges.Jobs] {
        try ["running", "sending", "uncertain", "discarded"].flatMap { state in
            try rows("SELECT kind, COUNT(*) AS jobs FROM job WHERE state = '\(state)' GROUP BY kind", [:]).map { row in
                InstallationGauges.Jobs(
                    kind: try row.get("kind"), state: state, count: try row.get("jobs"), oldestDue: nil)
            }
        }
    }

    fileprivate func groups(_ sql: String, _ arguments: SQLArguments = [:]) throws -> [String: Int] {
        try rows(sql, arguments).reduce(into: [:]) { $0[try $1.get("name")] = try $1.get("rows", as: Int.self) }
    }
}
