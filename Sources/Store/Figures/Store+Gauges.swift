package import Domain

/// What an operator watches, of the whole installation at one moment.
package struct InstallationGauges: Sendable {
    package struct Jobs: Sendable {
        package let kind: String
        package let state: String
        package let count: Int
        /// When the one that waits longest became due; of available ones only.
        package let oldestDue: Timestamp?
    }

    /// Of unfinished jobs.
    package let jobs: [Jobs]
    package let overdue: Int
    package let unrouted: Int
    /// By scope.
    package let pauses: [String: Int]
    /// Open ones, by kind.
    package let alarms: [String: Int]
    package let isHeld: Bool
    package let workspaces: [WorkspaceID]
}

extension Store {
    /// Read for `/metrics`: over every workspace, through the partial indexes of unfinished work.
    package func gauges() async throws -> InstallationGauges {
        let now = now()
        return try await database.read(on: .console) { connection in
            InstallationGauges(
                jobs: try connection.unfinishedJobs(now),
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
                isHeld: try connection.isHeld(),
                workspaces: try connection.rows("SELECT id FROM workspace ORDER BY id", [:]).map { try $0.get("id") })
        }
    }
}

extension SQLConnection {
    /// The states are literals, so that the partial indexes can be used; finished jobs are never read.
    fileprivate func unfinishedJobs(_ now: Timestamp) throws -> [InstallationGauges.Jobs] {
        try ["available", "running", "sending", "uncertain", "discarded"].flatMap { state in
            try rows(
                """
                SELECT kind, COUNT(*) AS jobs, MIN(due_at) AS oldest FROM job WHERE state = '\(state)' GROUP BY kind
                """, [:]
            ).map { row in
                let oldest: Timestamp = try row.get("oldest")
                return InstallationGauges.Jobs(
                    kind: try row.get("kind"), state: state, count: try row.get("jobs"),
                    oldestDue: state == "available" && oldest <= now ? oldest : nil)
            }
        }
    }

    fileprivate func groups(_ sql: String, _ arguments: SQLArguments = [:]) throws -> [String: Int] {
        try rows(sql, arguments).reduce(into: [:]) { $0[try $1.get("name")] = try $1.get("rows", as: Int.self) }
    }
}
