import CRM
import Domain
import PhoneNumbers
import Store

/// Finds or makes the CRM's record of each contact, before its first activity: found by every handle, made by our key,
/// one at a time for each contact.
struct ContactLinking {
    let courier: CRMCourier
    let grip: LaneGrip

    /// - Returns: the jobs with their contact's record, and the outcomes of those that have none.
    func link(_ jobs: [ActivityJob]) async throws -> (linked: [ActivityJob], rest: CRMCall.Report) {
        let open = jobs.filter { $0.contact.remoteID == nil }
        guard !open.isEmpty else { return (jobs, CRMCall.Report()) }
        let contacts = Set(open.map(\.contact)).sorted { $0.id < $1.id }
        let occasions = Dictionary(open.map { ($0.contact.id, $0.job.id) }, uniquingKeysWith: min)
        let records = try await records(of: contacts, for: occasions)
        var linked = jobs.filter { $0.contact.remoteID != nil }
        var rest = CRMCall.Report(calls: records.calls)
        for job in open {
            switch records.of[job.contact.id] ?? .failure(.unanswered(.transient)) {
            case .success(let remoteID): linked.append(job.linked(to: remoteID))
            case .failure(let failure):
                rest.outcomes.append(outcome(of: job, failure, isShared: records.shared.contains(job.contact.id)))
            }
        }
        return (linked, rest)
    }

    /// The same of contacts that no message is about.
    func link(_ jobs: [ContactJob]) async throws -> CallReport<ContactOutcome> {
        guard !jobs.isEmpty else { return CallReport() }
        let occasions = Dictionary(jobs.map { ($0.contact.id, $0.job.id) }, uniquingKeysWith: min)
        let records = try await records(of: jobs.map(\.contact), for: occasions)
        let outcomes = jobs.map { job in
            switch records.of[job.contact.id] ?? .failure(.unanswered(.transient)) {
            case .success: return ContactOutcome(job: job, outcome: .completed)
            case .failure(let failure):
                let outcome = courier.outcome(job, failure.afterFinding)
                return records.shared.contains(job.contact.id) ? courier.spared(outcome) : outcome
            }
        }
        return CallReport(outcomes: outcomes, calls: records.calls)
    }

    /// Finding and upserting may both be repeated.
    /// - Parameter isShared: the call that failed was for several contacts, and nobody knows whose fault it was.
    private func outcome(of job: ActivityJob, _ failure: CallFailure, isShared: Bool) -> ActivityOutcome {
        let failure = failure.afterFinding.labelled(by: courier.connector)
        let outcome = courier.outcome(job, failure, writes: .always).keepingDoubt
        return isShared ? courier.spared(outcome) : outcome
    }

    private struct Records {
        var of: [ContactID: Result<String, CallFailure>] = [:]
        /// Those who failed with others.
        var shared: Set<ContactID> = []
        /// As in `CallReport`.
        var calls: [CallFailure?] = []
    }

    /// - Parameter occasions: the first job of each contact that needs its record.
    private func records(of contacts: [CRMContact], for occasions: [ContactID: JobID]) async throws -> Records {
        var records = Records()
        var upserts: [(CRMContact, ContactUpsert)] = []
        var owners: [String: ContactID] = [:]
        for (contact, found) in await find(contacts).sorted(by: { $0.0.id < $1.0.id }) {
            switch found {
            case .success(let remoteID):
                if let remoteID, try await owner(of: remoteID, else: contact.id, &owners) != contact.id {
                    records.of[contact.id] = .success(remoteID)
                } else {
                    upserts.append((contact, contact.upsert(remoteID: remoteID, for: occasions[contact.id])))
                }
                if courier.connector.capabilities.findsContacts { records.calls.append(nil) }
            case .failure(let failure):
                records.of[contact.id] = .failure(failure)
                if contacts.count > 1 { records.shared.insert(contact.id) }
                records.calls.append(failure.ofCall)
            }
        }
        for chunk in upserts.chunks(of: courier.connector.capabilities.maxContactBatch) {
            await upsert(chunk, into: &records)
        }
        let links = records.of.compactMap { id, result in
            (try? result.get()).map { (contact: id, remoteID: $0) }  // failures are outcomes, not links
        }
        try await courier.context.store.link(links.sorted { $0.contact < $1.contact }, grip: grip)
        return records
    }

    /// Whose a record is: of several contacts here that are one there, the oldest's. The others' messages go there, and it
    /// keeps what it says: two would take turns in it.
    private func owner(
        of remoteID: String, else contact: ContactID, _ owners: inout [String: ContactID]
    ) async throws -> ContactID {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return contact }
        if let owner = owners[remoteID] { return owner }
        let owner = try await courier.context.store.contact(remoteID: remoteID, connection: crm, in: workspace)
        owners[remoteID] = owner ?? contact
        return owner ?? contact
    }

    /// The record's id for each contact; nil inside the success where the CRM knows nobody like that.
    private func find(_ contacts: [CRMContact]) async -> [(CRMContact, Result<String?, CallFailure>)] {
        guard courier.connector.capabilities.findsContacts else { return contacts.map { ($0, .success(nil)) } }
        let chunks = contacts.chunks(of: courier.connector.capabilities.maxLookups)
        return await withTaskGroup(of: [(CRMContact, Result<String?, CallFailure>)].self) { group in
            for chunk in chunks {
                group.addTask { await self.findTogether(chunk) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func findTogether(_ contacts: [CRMContact]) async -> [(CRMContact, Result<String?, CallFailure>)] {
        let lookups = contacts.map { $0.lookup(region: courier.settings.region) }
        let results = await courier.connector.findContacts(ofEach: lookups)
        return contacts.enumerated().map { index, contact in
            let result = results.indices.contains(index) ? results[index] : .failure(.unanswered(.transient))
            return (contact, result.flatMap { Self.only($0, for: contact).map(\.?.id) })
        }
    }

    private static func only(
        _ found: [RemoteContact], for contact: CRMContact
    ) -> Result<RemoteContact?, CallFailure> {
        guard found.count > 1 else { return .success(found.first) }
        // Our own mark decides between duplicates; without one a person does.
        let marked = found.filter { $0.puenteID == "\(contact.id)" }
        guard marked.count == 1 else { return .failure(.ambiguous(found.map(\.id))) }
        return .success(marked.first)
    }

    private func upsert(_ chunk: [(CRMContact, ContactUpsert)], into records: inout Records) async {
        do {
            for ((contact, _), item) in zip(chunk, try await courier.connector.upsertContacts(chunk.map(\.1))) {
                switch item {
                case .done(let remoteID): records.of[contact.id] = .success(remoteID)
                case .failed(let failure): records.of[contact.id] = .failure(failure)
                }
            }
            records.calls.append(nil)
        } catch {
            for (contact, _) in chunk { records.of[contact.id] = .failure(error) }
            if chunk.count > 1 { records.shared.formUnion(chunk.map(\.0.id)) }
            records.calls.append(error.ofCall)
        }
    }
}

extension CallFailure {
    /// What was found and is gone before it could be written to: the index has not seen it yet.
    fileprivate var afterFinding: CallFailure { code == RecordCode.gone ? passing : self }

    fileprivate static func ambiguous(_ ids: [String]) -> CallFailure {
        CallFailure(
            kind: .permanent, code: "crm_duplicates", scope: .message, vendorText: ids.joined(separator: ", "),
            advice: LocalizedText(
                en:
                    "The CRM has several contacts that are this person (\(ids.joined(separator: ", "))). Merge them there, then try again.",
                es:
                    "El CRM tiene varios contactos que son esta persona (\(ids.joined(separator: ", "))). Fusiónelos allí y vuelva a intentarlo."
            ))
    }
}

extension CRMContact {
    fileprivate func lookup(region: String) -> ContactLookup {
        ContactLookup(
            puenteID: "\(id)", remoteID: remoteID, phones: phones, userIDs: userIDs, email: email, region: region)
    }

    /// A record that is there keeps its own numbers: only what WhatsApp knows the contact by is written to it.
    func upsert(remoteID: String?, for occasion: JobID?) -> ContactUpsert {
        let shown = name.isEmpty ? profileName : name
        return ContactUpsert(
            puenteID: "\(id)", occasion: occasion.map(\.description) ?? "", remoteID: remoteID,
            firstName: remoteID == nil && !shown.isEmpty ? shown : nil,
            email: email, waID: remoteID == nil ? phone : provenPhone, userID: userID,
            profileName: profileName.isEmpty ? nil : profileName)
    }
}
