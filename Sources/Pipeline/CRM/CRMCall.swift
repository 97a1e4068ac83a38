import CRM
import Domain
import Logging
import Store

/// One batch on its way to a CRM, from claimed jobs to what became of them.
struct CRMCall {
    let courier: CRMCourier
    let grip: LaneGrip

    private var context: CourierContext { courier.context }

    /// Links, verifies, marks and writes, whatever the jobs need. Never throws: when the database failed before
    /// anything left, the jobs are put back.
    func carryOut(_ jobs: [ActivityJob]) async -> [ActivityOutcome] {
        let (linked, unlinkable) = await link(jobs)
        var outcomes = unlinkable
        let creations = linked.filter(\.isCreation)
        let (absent, found) = await verify(creations.filter(\.job.mustVerify))
        outcomes += found
        let (creating, unmarked) = await mark(creations.filter { !$0.job.mustVerify } + absent, among: jobs)
        outcomes += unmarked
        let updating = linked.filter { !$0.isCreation }
        async let created = create(creating)
        async let updated = update(updating)
        return outcomes + (await created) + (await updated)
    }

    private func link(_ jobs: [ActivityJob]) async -> (linked: [ActivityJob], failed: [ActivityOutcome]) {
        do {
            return try await ContactLinking(courier: courier, grip: grip).link(jobs)
        } catch {
            // Finding and upserting may both be repeated.
            return ([], putBack(jobs, because: error))
        }
    }

    /// Looks for activities of which nobody knows whether they were written.
    private func verify(_ jobs: [ActivityJob]) async -> (absent: [ActivityJob], found: [ActivityOutcome]) {
        guard !jobs.isEmpty else { return ([], []) }
        do {
            let ids = try await courier.connector.findActivities(jobs.map(courier.activity))
            var absent: [ActivityJob] = []
            var found: [ActivityOutcome] = []
            for (job, id) in zip(jobs, ids) {
                if let id {
                    found.append(ActivityOutcome(job: job, outcome: .completed, remoteID: id))
                } else {
                    absent.append(job)
                }
            }
            return (absent, found)
        } catch {
            // Looking changes nothing there, so it may be repeated, but the doubt stays.
            return (
                [],
                jobs.map { courier.outcome($0, error, writes: .afterLooking(delay: .zero)).keepingDoubt(of: $0) }
            )
        }
    }

    /// Those whose contact was linked, or whose absence was verified, only just now are not marked yet.
    private func mark(
        _ creating: [ActivityJob], among claimed: [ActivityJob]
    ) async -> (marked: [ActivityJob], failed: [ActivityOutcome]) {
        guard courier.creationWrites != .always, !creating.isEmpty else { return (creating, []) }
        let marked = Set(
            claimed.filter { $0.isCreation && $0.contact.remoteID != nil && !$0.job.mustVerify }.map(\.job.id))
        do {
            try await context.store.markSending(creating.map(\.job.id).filter { !marked.contains($0) }, grip: grip)
            return (creating, [])
        } catch {
            return ([], putBack(creating, because: error))
        }
    }

    /// Nothing of these has left.
    private func putBack(_ jobs: [ActivityJob], because error: any Error) -> [ActivityOutcome] {
        if !(error is LaneLost) {
            context.logger.error("a batch for the CRM was put back", metadata: ["error": "\(error)"])
        }
        let until = context.store.now() + .seconds(1)
        return jobs.map { ActivityOutcome(job: $0, outcome: .snoozed(until: until)).keepingDoubt(of: $0) }
    }

    // MARK: Writing

    private func create(_ jobs: [ActivityJob]) async -> [ActivityOutcome] {
        await call(with: jobs, writes: courier.creationWrites) { () async throws(CallFailure) -> [ItemOutcome] in
            try await courier.connector.recordActivities(jobs.map(courier.activity))
        }
    }

    private func update(_ jobs: [ActivityJob]) async -> [ActivityOutcome] {
        await call(with: jobs, writes: .always) { () async throws(CallFailure) -> [ItemOutcome] in
            try await courier.connector.updateActivities(
                jobs.map { ActivityUpdate(remoteID: $0.remoteID ?? "", activity: courier.activity($0)) })
        }
    }

    private func call(
        with jobs: [ActivityJob], writes: RepeatableWrites,
        _ call: () async throws(CallFailure) -> [ItemOutcome]
    ) async -> [ActivityOutcome] {
        guard !jobs.isEmpty else { return [] }
        guard context.lease.mayAct else {
            let now = context.store.now()
            return jobs.map { ActivityOutcome(job: $0, outcome: .snoozed(until: now)) }
        }
        do {
            return zip(jobs, try await call()).map { job, item in
                switch item {
                case .done(let id): ActivityOutcome(job: job, outcome: .completed, remoteID: id)
                case .failed(let failure): courier.outcome(job, failure, writes: writes)
                }
            }
        } catch {
            return jobs.map { courier.outcome($0, error, writes: writes) }
        }
    }
}

extension ActivityOutcome {
    /// A job that had to be looked for before stays so, whatever went wrong before it was found.
    func keepingDoubt(of job: ActivityJob) -> ActivityOutcome {
        guard job.job.mustVerify else { return self }
        switch outcome {
        case .retried(let at), .snoozed(let at):
            return ActivityOutcome(job: job, outcome: .verifyFirst(at: at), failure: failure, remoteID: remoteID)
        default: return self
        }
    }
}

extension CRMCourier {
    func outcome(_ job: ActivityJob, _ failure: CallFailure, writes: RepeatableWrites) -> ActivityOutcome {
        ActivityOutcome(
            job: job,
            outcome: settings.policy.outcome(
                of: failure, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(),
                writes: writes),
            failure: failure)
    }
}
