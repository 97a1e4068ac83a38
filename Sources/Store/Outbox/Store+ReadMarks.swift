package import Domain

/// A customer's message that is to be marked as read at Meta.
package struct ReadMark: Sendable {
    package let job: ClaimedJob
    package let wamid: String?
    package let isTyping: Bool
}

extension Store {
    package func claimReadMarks(_ grip: LaneGrip, limit: Int) async throws -> [ReadMark] {
        let now = now()
        return try await database.write(on: .work) { connection in
            try claimReadMarks(grip, limit: limit, connection, at: now)
        }
    }

    func claimReadMarks(
        _ grip: LaneGrip, limit: Int, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> [ReadMark] {
        // A mark reaches the customer as a message does: it waits for the release.
        guard try !connection.isHeld() else { return [] }
        return try connection.claim(grip, limit: limit, kinds: [.markRead], at: now).map { job in
            let wamid = try connection.value(
                "SELECT wamid FROM message WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": job.workspace, "id": job.subject], as: String?.self)
            return ReadMark(job: job, wamid: wamid ?? nil, isTyping: job.payload.contains("typing"))
        }
    }

    /// Writes what became of jobs that touch nothing but themselves.
    package func finish(_ results: [JobResult], grip: LaneGrip, policy: RetryPolicy) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.finish(results, grip: grip, policy: policy, holdsFollowers: false, at: now)
        }
    }
}
