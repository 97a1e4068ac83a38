import CRM
import Domain
import Logging
import Store

/// Brings contacts and their records in a CRM to what both sides are to say: reads the records, takes over what is to be
/// taken over, and writes what the CRM is to be given. May be repeated: what both say already is written no more.
struct ContactSync {
    typealias Report = CallReport<ContactOutcome>

    let courier: CRMCourier
    let grip: LaneGrip
    let mapping: FieldMapping
    let unanswered: UnansweredGives

    private var context: CourierContext { courier.context }
    private var connector: any Connector { courier.connector }
    private var workspace: WorkspaceID { courier.account.workspace }
    private var turn: SyncTurn { courier.turn(.edit) }

    func bring(_ jobs: [ContactJob]) async -> Report {
        guard !jobs.isEmpty else { return Report() }
        guard connector.capabilities.isReadable else { return await bringBlindly(jobs) }
        let records: [RemoteContact]
        let readAt = context.store.now()
        do {
            records = try await connector.contacts(
                remoteIDs: jobs.compactMap(\.contact.remoteID), reading: mapping.remoteNames)
        } catch {
            return courier.failed(jobs, error)
        }
        let found = RecordsByID(records)
        let gone = jobs.filter { found[$0] == nil }
        let report = Report(
            outcomes: gone.map { ContactOutcome(job: $0, outcome: .completed, isGone: true) }, calls: [nil])
        let living = jobs.compactMap { job in found[job].map { Reading(job: job, record: $0) } }
        return report + (await compare(living, readAt: readAt))
    }

    /// A system that cannot be read from says what it was last known to say.
    private func bringBlindly(_ jobs: [ContactJob]) async -> Report {
        do {
            let agreed = try await context.store.agreedFields(
                of: jobs.map(\.contact.id), mapping, with: courier.account.id, in: workspace)
            return await compare(
                jobs.map { job in
                    Reading(
                        job: job,
                        record: RemoteContact(
                            id: job.contact.remoteID ?? job.contact.id.description,
                            puenteID: job.contact.id.description, fields: agreed[job.contact.id] ?? [:]))
                })
        } catch {
            return putBack(jobs, error)
        }
    }

    // MARK: Comparing

    private struct Reading {
        let job: ContactJob
        let record: RemoteContact

        /// Nobody there knows yet whose record it is.
        var lacksKey: Bool { record.puenteID != job.contact.id.description }
    }

    /// - Parameter readAt: nil where the CRM was not asked.
    private func compare(_ readings: [Reading], readAt: Timestamp? = nil) async -> Report {
        guard !readings.isEmpty else { return Report() }
        do {
            let missing = try await missing(in: readings)
            let outcomes = try await context.store.merge(
                readings.map { reading in
                    let contact = reading.job.contact.id
                    return SyncRecord(
                        contact: contact, remoteID: reading.record.id,
                        fields: mapping.read(reading.record).merging(missing[contact] ?? [:]) { said, _ in said },
                        modifiedAt: reading.record.modifiedAt, readAt: readAt)
                }, turn, context: courier.syncContext, gives: .now, grip: grip)
            let gives = Dictionary(outcomes.map { ($0.contact, $0.gives) }, uniquingKeysWith: { $1 })
            try await settleUnanswered(readings, gives)
            return await write(readings.map { ($0, gives[$0.job.contact.id] ?? [:]) })
        } catch {
            return putBack(readings.map(\.job), error)
        }
    }

    /// What fields that the CRM does not have any more said last: whoever changed one of them here is told that it is gone, as
    /// soon as it is written, and nobody's labels are taken off.
    private func missing(in readings: [Reading]) async throws -> [ContactID: [String: String]] {
        let lacking = readings.filter { !$0.record.lacking.isEmpty }
        guard !lacking.isEmpty else { return [:] }
        let agreed = try await context.store.agreedFields(
            of: lacking.map(\.job.contact.id), mapping, with: courier.account.id, in: workspace)
        return Dictionary(
            lacking.map { reading in
                let contact = reading.job.contact.id
                return (contact, (agreed[contact] ?? [:]).filter { reading.record.lacking.contains($0.key) })
            }, uniquingKeysWith: { $1 })
    }

    /// The database is away, or the lane is another node's: nothing was written, and the next turn begins anew.
    private func putBack(_ jobs: [ContactJob], _ error: any Error) -> Report {
        if !error.isOfLane {
            context.logger.error("contacts could not be compared with the CRM", metadata: ["error": "\(error)"])
        }
        let soon = context.store.now() + .seconds(1)
        return Report(outcomes: jobs.map { ContactOutcome(job: $0, outcome: .snoozed(until: soon)) })
    }

    // MARK: Writing

    private typealias Write = (reading: Reading, gives: [String: SyncGive])

    private func write(_ all: [Write]) async -> Report {
        let keyed = connector.capabilities.upsertKey
        let (writes, done) = all.divided { !$0.gives.isEmpty || (keyed && $0.reading.lacksKey) }
        let unchanged = done.map { write in
            ContactOutcome(job: write.reading.job, outcome: .completed, remoteID: write.reading.record.id)
        }
        guard !writes.isEmpty else { return Report(outcomes: unchanged) }
        var report = await courier.report(on: writes.map(\.reading.job)) {
            () async throws(CallFailure) -> [ItemOutcome] in
            try await connector.upsertContacts(writes.map { upsert($0) })
        }
        let gives = Dictionary(writes.map { ($0.reading.job.contact.id, $0.gives) }, uniquingKeysWith: { $1 })
        report.outcomes = report.outcomes.map { $0.saying(gives[$0.job.contact.id] ?? [:]) }
        return Report(outcomes: unchanged) + (await settled(report, writes))
    }

    private func upsert(_ write: Write) -> ContactUpsert {
        let job = write.reading.job
        return ContactUpsert(
            puenteID: job.contact.id.description, occasion: job.job.id.description, remoteID: write.reading.record.id,
            fields: write.gives.mapValues(\.value))
    }

    /// What had no answer, and stands there.
    private func settleUnanswered(
        _ readings: [Reading], _ gives: [ContactID: [String: SyncGive]]
    ) async throws {
        let arrived = readings.compactMap { reading -> SyncGiven? in
            let contact = reading.job.contact.id
            let arrived = unanswered.arrived(
                of: contact, said: reading.record.fields, open: Set(gives[contact]?.keys.map(\.self) ?? []))
            return arrived.isEmpty ? nil : SyncGiven(contact: contact, gives: arrived)
        }
        guard !arrived.isEmpty else { return }
        try await context.store.settleGives(arrived, turn, grip: grip)
    }

    /// What the CRM took is agreed on. Where that cannot be written down, the next comparison finds both alike.
    private func settled(_ report: Report, _ writes: [Write]) async -> Report {
        let accepted = Set(report.outcomes.filter { $0.outcome == .completed && !$0.isGone }.map(\.job.contact.id))
        let open = Set(report.outcomes.filter { $0.failure.map(\.mayHaveBeenDone) ?? false }.map(\.job.contact.id))
        for write in writes where open.contains(write.reading.job.contact.id) {
            unanswered.note(write.gives, of: write.reading.job.contact.id)
        }
        let given = writes.filter { accepted.contains($0.reading.job.contact.id) }.compactMap { write -> SyncGiven? in
            // Some CRMs pass over a field that they do not have, in silence.
            let gives = write.gives.filter { !write.reading.record.lacking.contains($0.key) }
            return gives.isEmpty ? nil : SyncGiven(contact: write.reading.job.contact.id, gives: gives)
        }
        guard !given.isEmpty else { return report }
        do {
            try await context.store.settleGives(given, turn, grip: grip)
            return report
        } catch {
            context.logger.warning("what a CRM was given was not noted", metadata: ["error": "\(error)"])
            return report
        }
    }
}

/// Records under every id by which somebody may have asked for them.
private struct RecordsByID {
    private var records: [String: RemoteContact] = [:]

    init(_ all: [RemoteContact]) {
        for record in all {
            for id in [record.id] + record.mergedIDs { records[id] = record }
        }
    }

    subscript(_ job: ContactJob) -> RemoteContact? { job.contact.remoteID.flatMap { records[$0] } }
}

extension Sequence {
    /// Those that fulfil the condition, and the others.
    fileprivate func divided(by condition: (Element) -> Bool) -> (yes: [Element], no: [Element]) {
        reduce(into: (yes: [], no: [])) { parts, element in
            if condition(element) { parts.yes.append(element) } else { parts.no.append(element) }
        }
    }
}

extension CallFailure {
    /// A refusal says that nothing was written; everything else leaves that open.
    fileprivate var mayHaveBeenDone: Bool {
        switch kind {
        case .transient, .unknown: true
        case .permanent, .throttled, .accountWide, .unreachable: false
        }
    }
}

extension ContactOutcome {
    /// With what was to stand in the field that the CRM refuses.
    fileprivate func saying(_ gives: [String: SyncGive]) -> ContactOutcome {
        guard let name = failure?.field?.name, let value = gives[name]?.value, !value.isEmpty else { return self }
        var told = self
        told.failure?.field?.value = String(value.prefix(RefusedField.maxValue))
        return told
    }
}
