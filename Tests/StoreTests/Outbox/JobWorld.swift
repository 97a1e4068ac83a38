import Domain
import Secrets

@testable import Store

extension ConsoleWorld {
    /// Writes a job as if a fact had caused it.
    @discardableResult
    func enqueue(
        _ kind: JobKind = .updateActivity, lane: Lane? = nil, key: Int64 = 1, subject: Int64 = 1,
        dedupKey: String? = nil
    ) async throws -> JobID {
        let (store, clock, workspace) = (store, clock, workspace)
        let lane = lane ?? .connection(crm)
        let id: JobID = store.ids.next()
        try await store.database.write { connection in
            try connection.enqueue(
                NewJob(
                    kind: kind, workspace: workspace, lane: lane, orderingKey: key, subject: subject,
                    dedupKey: dedupKey),
                id: id, at: clock.now)
        }
        return id
    }

    func claim(_ grip: LaneGrip? = nil) async throws -> [ClaimedJob] {
        let grip = try grip ?? self.grip(.connection(crm))
        return try await store.claim(grip, limit: 100)
    }

    /// Writes outcomes; `holdsFollowers` as a CRM's lane does.
    func finish(
        _ jobs: [ClaimedJob], _ outcome: JobOutcome, grip: LaneGrip? = nil, holdsFollowers: Bool = true
    ) async throws {
        let grip = try grip ?? self.grip(.connection(crm))
        let clock = clock
        try await store.database.write { connection in
            try connection.require(grip)
            try connection.finish(
                jobs.map { JobResult(job: $0.id, outcome: outcome, failure: nil) }, grip: grip, policy: RetryPolicy(),
                holdsFollowers: holdsFollowers, at: clock.now)
        }
    }

    /// The same database seen from another node.
    func beside(clockBehindBy lag: Duration) throws -> Store {
        let now: @Sendable () -> Timestamp = { [clock] in clock.now - lag }
        return Store(
            database: store.database, ids: IDGenerator(node: store.ids.node + 1, now: now),
            keys: try KeyRing.generate(), now: now, canonicalPhone: { $0 })
    }

    func state(of job: JobID) async throws -> JobState? {
        try await store.look("SELECT state FROM job WHERE id = :id", ["id": job])
    }

    func attempts(of job: JobID) async throws -> Int? {
        try await store.look("SELECT attempt FROM job WHERE id = :id", ["id": job])
    }

    /// As if another node had taken the lane: the next epoch, held by this node's number.
    func takeOver(_ lane: Lane) async throws -> LaneGrip {
        let former = try grip(lane)
        try await store.database.write { connection in
            try connection.execute("UPDATE lane SET epoch = epoch + 1 WHERE id = :id", ["id": lane])
        }
        return LaneGrip(lane: lane, workspace: former.workspace, node: former.node, epoch: former.epoch + 1)
    }
}
