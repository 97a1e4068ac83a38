package import Domain

/// What a number's lane wants of one turn: outcomes written, and new jobs in exchange.
package struct SendTurnRequest: Sendable {
    /// What Meta answered to sends.
    package let outcomes: [SendOutcome]
    /// What became of read marks.
    package let marks: [JobResult]
    /// Sends to claim at most.
    package let limit: Int
    /// Read marks to claim at most.
    package let markLimit: Int
    /// Contacts who must not be written to before a time (Meta's limit for one pair).
    package let rests: [ContactID: Timestamp]

    package init(
        outcomes: [SendOutcome] = [], marks: [JobResult] = [], limit: Int = 0, markLimit: Int = 0,
        rests: [ContactID: Timestamp] = [:]
    ) {
        self.outcomes = outcomes
        self.marks = marks
        self.limit = limit
        self.markLimit = markLimit
        self.rests = rests
    }
}

/// What a turn brought.
package struct SendTurn: Sendable {
    package let sends: [SendJob]
    package let marks: [ReadMark]
    package let report: RecordReport
}

extension Store {
    /// One turn of a number's lane in one transaction: writes what came back, then claims (and marks `sending`) what
    /// there is room for. Many outcomes and many marks share one commit.
    package func takeTurn(
        _ request: SendTurnRequest, grip: LaneGrip, policy: RetryPolicy
    ) async throws -> SendTurn {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            let settled = try store.settle(request.outcomes, grip: grip, policy: policy, connection, at: now)
            try connection.finish(request.marks, grip: grip, policy: policy, holdsFollowers: false, at: now)
            let claimed =
                request.limit > 0
                ? try store.claimSends(grip, limit: request.limit, rests: request.rests, connection, at: now)
                : ([], RecordReport())
            return SendTurn(
                sends: claimed.0,
                marks: request.markLimit > 0
                    ? try store.claimReadMarks(grip, limit: request.markLimit, connection, at: now) : [],
                report: settled.joined(with: claimed.1))
        }
    }
}
