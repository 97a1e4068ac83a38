import Domain

/// The last transaction of an erasure.
struct ErasureEnding {
    let connection: any SQLConnection
    let erasure: OpenErasure
    let now: Timestamp

    private var workspace: WorkspaceID { erasure.workspace }

    func isReady() throws -> Bool {
        let isUnderWay = try erasure.traces.runningJobs.contains { job in
            try connection.row(
                """
                SELECT 1 AS one FROM job
                WHERE workspace_id = :workspace_id AND id = :id AND state IN ('running', 'sending')
                """, ["workspace_id": workspace, "id": job]) != nil
        }
        return try !isUnderWay && isEmpty("message", "contact_id") && isEmpty("person_export", "contact_id")
            && hasNoFiles()
    }

    func end() throws -> Bool {
        guard try removeJobs(), try isReady() else { return false }
        try removeSuggestions()
        try connection.execute(
            """
            UPDATE erasure SET state = 'done', done_at = :now, traces = NULL
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'running'
            """, ["now": now, "workspace_id": workspace, "id": erasure.id])
        return true
    }

    /// Those that the undoing of a merge brought back before its rows were emptied.
    private func removeSuggestions() throws {
        let list = SQLValueList("person", erasure.traces.contacts)
        for column in ["contact_a", "contact_b"] {
            try connection.execute(
                "DELETE FROM duplicate WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql)",
                list.arguments(["workspace_id": workspace]))
        }
    }

    /// Those that were under way when their messages went.
    /// - Returns: false while one still is.
    private func removeJobs() throws -> Bool {
        let jobs = erasure.traces.runningJobs
        guard !jobs.isEmpty else { return true }
        let list = SQLValueList("job", jobs)
        let arguments = list.arguments(["workspace_id": workspace])
        try connection.execute(
            """
            DELETE FROM job
            WHERE workspace_id = :workspace_id AND id IN \(list.sql) AND state NOT IN ('running', 'sending')
            """, arguments)
        return try connection.row(
            "SELECT 1 AS one FROM job WHERE workspace_id = :workspace_id AND id IN \(list.sql) LIMIT 1", arguments
        ) == nil
    }

    private func isEmpty(_ table: String, _ column: String) throws -> Bool {
        let list = SQLValueList("person", erasure.traces.contacts)
        return try connection.row(
            "SELECT 1 AS one FROM \(table) WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql) LIMIT 1",
            list.arguments(["workspace_id": workspace])) == nil
    }

    private func hasNoFiles() throws -> Bool {
        try connection.row(
            "SELECT 1 AS one FROM media WHERE workspace_id = :workspace_id AND message_id = :erasure LIMIT 1",
            ["workspace_id": workspace, "erasure": erasure.id]) == nil
    }
}
