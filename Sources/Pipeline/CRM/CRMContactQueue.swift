import CRM
import Domain
import Logging
import Store

/// Contacts whose records in the CRM are to be brought up to date, because WhatsApp told of another number, user id or
/// name. They have places of their own, so that they hold up no messages of others.
struct CRMContactQueue {
    typealias Report = CallReport<ContactOutcome>

    private static let maxConcurrent = 2

    private let courier: CRMCourier
    private let grip: LaneGrip
    private let slots: CallSlots<Report>
    private let batchSize: Int
    private let unanswered = UnansweredGives()
    private var waiting: [ContactJob] = []

    init(courier: CRMCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        batchSize = courier.connector.capabilities.maxContactBatch
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: Self.maxConcurrent) { wakeBoard.ring(.lane(grip.lane)) }
    }

    mutating func take(_ jobs: [ContactJob]) {
        waiting += jobs
    }

    /// - Parameter size: contacts in one call at most.
    mutating func start(size: Int, pace: inout CRMPace) {
        let (courier, grip, unanswered) = (courier, grip, unanswered)
        while !waiting.isEmpty, slots.free > 0, pace.takeTurn() {
            let batch = Array(waiting.prefix(min(size, batchSize)))
            waiting.removeFirst(batch.count)
            slots.start { [await .timed { await courier.bringUpToDate(batch, grip, unanswered) }] }
        }
    }

    /// None waits for a place.
    var hasRoom: Bool { waiting.isEmpty }

    /// Nothing waits and nothing is under way.
    var isIdle: Bool { waiting.isEmpty && slots.isIdle }

    func takeFinished() -> [Report] { slots.takeFinished() }

    func waitUntilIdle() async { await slots.waitUntilIdle() }

    /// Those that were never begun.
    mutating func giveBack() -> [ContactJob] {
        defer { waiting = [] }
        return waiting
    }
}

extension ContactJob {
    fileprivate var upsert: ContactUpsert { contact.upsert(remoteID: contact.remoteID, for: job.id) }

    fileprivate var contactErasure: ContactErasure? {
        erasure.map { order in
            ContactErasure(
                puenteID: contact.id.description,
                formerPuenteIDs: order.contacts.filter { $0 != contact.id }.map(\.description),
                remoteIDs: order.remoteIDs, isDeletionWished: order.wish == .delete, at: order.at,
                occasion: job.id.description)
        }
    }
}

extension CRMCourier {
    /// May be repeated: a contact's fields are set to what they are.
    fileprivate func bringUpToDate(
        _ jobs: [ContactJob], _ grip: LaneGrip, _ unanswered: UnansweredGives
    ) async -> CRMContactQueue.Report {
        let now = context.store.now()
        guard context.lease.mayAct else {
            return CallReport(
                outcomes: jobs.map { ContactOutcome(job: $0, outcome: .snoozed(until: now + .seconds(1))) })
        }
        let (erased, known) = (jobs.filter { $0.erasure != nil }, jobs.filter { $0.erasure == nil })
        // Those of a back-fill, which have no record yet.
        let unlinked = known.filter { $0.contact.remoteID == nil }
        let linked = await link(unlinked, grip)
        let brought = await bring(known.filter { $0.contact.remoteID != nil }, grip, unanswered)
        let told = await report(on: erased) { () async throws(CallFailure) -> [ItemOutcome] in
            try await connector.tellErasures(erased.compactMap(\.contactErasure))
        }
        return linked + brought + told
    }

    private func link(_ jobs: [ContactJob], _ grip: LaneGrip) async -> CRMContactQueue.Report {
        do {
            return try await ContactLinking(courier: self, grip: grip).link(jobs)
        } catch {
            // Finding and upserting may both be repeated.
            context.logger.error("contacts could not be linked with a CRM", metadata: ["error": "\(error)"])
            let soon = context.store.now() + .seconds(1)
            return CallReport(outcomes: jobs.map { ContactOutcome(job: $0, outcome: .snoozed(until: soon)) })
        }
    }

    private func bring(
        _ jobs: [ContactJob], _ grip: LaneGrip, _ unanswered: UnansweredGives
    ) async -> CRMContactQueue.Report {
        do {
            if let mapping = try await mapping() {
                let sync = ContactSync(courier: self, grip: grip, mapping: mapping, unanswered: unanswered)
                return await sync.bring(jobs)
            }
        } catch {
            context.logger.error("a mapping could not be read", metadata: ["error": "\(error)"])
            let soon = context.store.now() + .seconds(1)
            return CallReport(outcomes: jobs.map { ContactOutcome(job: $0, outcome: .snoozed(until: soon)) })
        }
        return await report(on: jobs) { () async throws(CallFailure) -> [ItemOutcome] in
            try await connector.upsertContacts(jobs.map(\.upsert))
        }
    }

    /// What one call to the CRM brought each of the jobs.
    func report(
        on jobs: [ContactJob], _ call: () async throws(CallFailure) -> [ItemOutcome]
    ) async -> CRMContactQueue.Report {
        guard !jobs.isEmpty else { return CallReport() }
        do throws(CallFailure) {
            let items = try await call()
            let outcomes = jobs.enumerated().map { index, job in
                switch items.indices.contains(index) ? items[index] : .failed(.unanswered(.transient)) {
                case .done(let id): ContactOutcome(job: job, outcome: .completed, remoteID: id)
                case .failed(let failure): outcome(job, failure)
                }
            }
            return CallReport(outcomes: outcomes, calls: [nil])
        } catch {
            return failed(jobs, error)
        }
    }

    /// A call for all of them failed. Several keep their attempts, since nobody knows whose fault it was.
    func failed(_ jobs: [ContactJob], _ failure: CallFailure) -> CRMContactQueue.Report {
        let outcomes = jobs.map { outcome($0, failure) }
        return CallReport(outcomes: jobs.count > 1 ? outcomes.map(spared) : outcomes, calls: [failure.ofCall])
    }

    func outcome(_ job: ContactJob, _ failure: CallFailure) -> ContactOutcome {
        // People may delete a contact there. It is made anew when there is a message for it, and not before.
        guard failure.code != CallFailure.RecordCode.gone else {
            return ContactOutcome(job: job, outcome: .completed, failure: failure, isGone: true)
        }
        let outcome = settings.policy.outcome(
            of: failure, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(), writes: .always)
        return ContactOutcome(job: job, outcome: outcome, failure: failure.labelled(by: connector))
    }

    /// The CRM was at fault, not the contact: it is put back with all its attempts.
    func spared(_ outcome: ContactOutcome) -> ContactOutcome {
        guard outcome.failure?.isOfDestination == true else { return outcome }
        var spared = outcome
        switch outcome.outcome {
        case .retried, .discarded:
            spared.outcome = .snoozed(until: context.store.now() + .seconds(1) * context.jitter())
        case .completed, .snoozed, .uncertain, .verifyFirst: break
        }
        return spared
    }
}
