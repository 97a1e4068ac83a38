import CRM
import Domain
import Logging
import Store

/// One batch on its way to a CRM, from claimed jobs to what became of them.
struct CRMCall {
    typealias Report = CallReport<ActivityOutcome>

    let courier: CRMCourier
    let grip: LaneGrip

    private var context: CourierContext { courier.context }

    /// Links, verifies, marks and writes, whatever the jobs need. Never throws: when the database failed before
    /// anything left, the jobs are put back.
    func carryOut(_ jobs: [ActivityJob]) async -> Report {
        let (linked, unlinkable) = await link(jobs)
        let creations = linked.filter(\.isCreation)
        let (absent, found) = await verify(creations.filter(\.job.mustVerify))
        let (creating, unmarked) = await mark(creations.filter { !$0.job.mustVerify } + absent, among: jobs)
        let updating = linked.filter { !$0.isCreation }
        async let created = create(creating)
        async let updated = update(updating)
        return unlinkable + found + unmarked + (await created) + (await updated)
    }

    private func link(_ jobs: [ActivityJob]) async -> (linked: [ActivityJob], rest: Report) {
        do {
            return try await ContactLinking(courier: courier, grip: grip).link(jobs)
        } catch {
            // Finding and upserting may both be repeated.
            return ([], putBack(jobs, because: error))
        }
    }

    /// Looks for activities of which nobody knows whether they were written.
    private func verify(_ jobs: [ActivityJob]) async -> (absent: [ActivityJob], rest: Report) {
        guard !jobs.isEmpty else { return ([], Report()) }
        do {
            let ids = try await courier.connector.findActivities(jobs.map(courier.activity))
            var absent: [ActivityJob] = []
            var rest = Report(calls: [nil])
            for (index, job) in jobs.enumerated() {
                switch ids.indices.contains(index) ? ids[index].map(Sighting.found) ?? .absent : .unknown {
                case .found(let id):
                    rest.outcomes.append(ActivityOutcome(job: job, outcome: .completed, remoteID: id))
                case .absent: absent.append(job)
                case .unknown: rest.outcomes.append(courier.outcome(job, .unanswered(.transient), writes: .always))
                }
            }
            return (absent, rest.keepingDoubt)
        } catch {
            // Looking changes nothing there, so it may be repeated, but the doubt stays.
            return ([], failed(jobs, error, writes: .afterLooking(delay: .zero)).keepingDoubt)
        }
    }

    private enum Sighting { case found(String), absent, unknown }

    /// Those whose contact was linked, or whose absence was verified, only just now are not marked yet.
    private func mark(
        _ creating: [ActivityJob], among claimed: [ActivityJob]
    ) async -> (marked: [ActivityJob], rest: Report) {
        guard courier.creationWrites != .always, !creating.isEmpty else { return (creating, Report()) }
        let marked = Set(
            claimed.filter { $0.isCreation && $0.contact.remoteID != nil && !$0.job.mustVerify }.map(\.job.id))
        do {
            try await context.store.markSending(creating.map(\.job.id).filter { !marked.contains($0) }, grip: grip)
            return (creating, Report())
        } catch {
            return ([], putBack(creating, because: error))
        }
    }

    /// Nothing of these has left.
    private func putBack(_ jobs: [ActivityJob], because error: any Error) -> Report {
        if !(error is LaneLost) {
            context.logger.error("a batch for the CRM was put back", metadata: ["error": "\(error)"])
        }
        return courier.untried(jobs)
    }

    // MARK: Writing

    private func create(_ jobs: [ActivityJob]) async -> Report {
        let report = await call(with: jobs, writes: courier.creationWrites) {
            () async throws(CallFailure) -> [ItemOutcome] in
            try await courier.connector.recordActivities(jobs.map(courier.activity))
        }
        return await MissingContacts(courier: courier).found(in: report)
    }

    private func update(_ jobs: [ActivityJob]) async -> Report {
        var report = await call(with: jobs, writes: .always) { () async throws(CallFailure) -> [ItemOutcome] in
            try await courier.connector.updateActivities(
                jobs.map { ActivityUpdate(remoteID: $0.remoteID ?? "", activity: courier.activity($0)) })
        }
        report.outcomes = report.outcomes.map(\.withoutUpdateOfNothing)
        return report
    }

    private func call(
        with jobs: [ActivityJob], writes: RepeatableWrites,
        _ call: () async throws(CallFailure) -> [ItemOutcome]
    ) async -> Report {
        guard !jobs.isEmpty else { return Report() }
        guard context.lease.mayAct else { return courier.untried(jobs) }
        do {
            let items = try await call()
            let silence = CallFailure.unanswered(writes == .always ? .transient : .unknown)
            let outcomes = jobs.enumerated().map { index, job in
                switch items.indices.contains(index) ? items[index] : .failed(silence) {
                case .done(let id): ActivityOutcome(job: job, outcome: .completed, remoteID: id)
                case .failed(let failure): courier.outcome(job, failure.ofMessage, writes: writes)
                }
            }
            return Report(outcomes: outcomes, calls: [nil])
        } catch {
            return failed(jobs, error.ofMessage, writes: writes)
        }
    }

    /// A call that failed as a whole: several jobs keep their attempts, since nobody knows whose fault it was.
    private func failed(_ jobs: [ActivityJob], _ failure: CallFailure, writes: RepeatableWrites) -> Report {
        let outcomes = jobs.map { courier.outcome($0, failure, writes: writes) }
        return Report(
            outcomes: jobs.count > 1 ? outcomes.map(courier.spared) : outcomes, calls: [failure.ofCall])
    }
}

extension CallReport<ActivityOutcome> {
    fileprivate var keepingDoubt: CallReport {
        CallReport(outcomes: outcomes.map(\.keepingDoubt), calls: calls)
    }
}

extension ActivityOutcome {
    /// A job that had to be looked for before stays so, whatever went wrong before it was found.
    var keepingDoubt: ActivityOutcome {
        guard job.job.mustVerify else { return self }
        var copy = self
        switch outcome {
        case .retried(let at): copy.outcome = .verifyFirst(at: at)
        case .snoozed: copy.isInDoubt = true
        case .completed, .uncertain, .verifyFirst, .discarded: break
        }
        return copy
    }

    /// Somebody in the CRM deleted what was to be brought up to date: that is their right, and there is nothing to do.
    fileprivate var withoutUpdateOfNothing: ActivityOutcome {
        guard failure?.code == CallFailure.RecordCode.gone else { return self }
        return ActivityOutcome(job: job, outcome: .completed, failure: failure, gone: .activity)
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

    /// Nothing of these has left, and nothing was learned of the CRM.
    func untried(_ jobs: [ActivityJob]) -> CallReport<ActivityOutcome> {
        let until = context.store.now() + .seconds(1)
        return CallReport(outcomes: jobs.map { ActivityOutcome(job: $0, outcome: .snoozed(until: until)).keepingDoubt })
    }

    /// The CRM was at fault, not the job: it is put back with all its attempts, and its doubt if it has one.
    func spared(_ outcome: ActivityOutcome) -> ActivityOutcome {
        guard let failure = outcome.failure, failure.isOfDestination else { return outcome }
        let soon = context.store.now() + .seconds(1) * context.jitter()
        var spared = outcome
        switch outcome.outcome {
        case .retried: spared.outcome = .snoozed(until: soon)
        case .verifyFirst(let at):
            spared.outcome = .snoozed(until: max(at, soon))
            spared.isInDoubt = true
        case .discarded:
            let isInDoubt = failure.kind == .unknown
            spared.outcome = .snoozed(until: isInDoubt ? soon + (verifyAfter ?? .zero) : soon)
            spared.isInDoubt = isInDoubt
        case .completed, .snoozed, .uncertain: return outcome
        }
        return spared.keepingDoubt
    }
}

extension CallFailure {
    /// What names a field of a record names one of the message's, not the contact's.
    fileprivate var ofMessage: CallFailure {
        var failure = self
        failure.field = nil
        return failure
    }

    /// The call succeeded, and its answer has fewer outcomes than it had items.
    static func unanswered(_ kind: Kind) -> CallFailure {
        CallFailure(
            kind: kind, code: "not-in-answer", scope: .message, vendorText: "",
            advice: LocalizedText(
                en: "The CRM's answer does not say what became of this. It is looked at again by itself.",
                es: "La respuesta del CRM no dice qué pasó con esto. Se revisa de nuevo automáticamente."))
    }
}
