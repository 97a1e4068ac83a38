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
    func link(
        _ jobs: [ActivityJob]
    ) async throws -> (linked: [ActivityJob], failed: [ActivityOutcome]) {
        let open = jobs.filter { $0.contact.remoteID == nil }
        guard !open.isEmpty else { return (jobs, []) }
        let contacts = Set(open.map(\.contact)).sorted { $0.id < $1.id }
        let records = try await records(of: contacts)
        var linked = jobs.filter { $0.contact.remoteID != nil }
        var failed: [ActivityOutcome] = []
        for job in open {
            switch records[job.contact.id] {
            case .success(let remoteID): linked.append(job.linked(to: remoteID))
            // Finding and upserting may both be repeated.
            case .failure(let failure):
                failed.append(courier.outcome(job, failure, writes: .always).keepingDoubt(of: job))
            case nil: failed.append(ActivityOutcome(job: job, outcome: .snoozed(until: courier.context.store.now())))
            }
        }
        return (linked, failed)
    }

    private typealias Records = [ContactID: Result<String, CallFailure>]

    private func records(of contacts: [CRMContact]) async throws -> Records {
        var records: Records = [:]
        var upserts: [(CRMContact, ContactUpsert)] = []
        for (contact, found) in await find(contacts) {
            switch found {
            case .success(let remoteID): upserts.append((contact, contact.upsert(remoteID: remoteID)))
            case .failure(let failure): records[contact.id] = .failure(failure)
            }
        }
        for chunk in upserts.chunks(of: courier.connector.capabilities.maxContactBatch) {
            for (contact, result) in await upsert(chunk) { records[contact.id] = result }
        }
        let links = records.compactMap { id, result in
            (try? result.get()).map { (contact: id, remoteID: $0) }  // failures are outcomes, not links
        }
        try await courier.context.store.link(links.sorted { $0.contact < $1.contact }, grip: grip)
        return records
    }

    /// The record's id for each contact; nil inside the success where the CRM knows nobody like that.
    private func find(_ contacts: [CRMContact]) async -> [(CRMContact, Result<String?, CallFailure>)] {
        guard courier.connector.capabilities.findsContacts else { return contacts.map { ($0, .success(nil)) } }
        return await withTaskGroup(of: (CRMContact, Result<String?, CallFailure>).self) { group in
            for contact in contacts {
                group.addTask { (contact, await self.find(contact)) }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func find(_ contact: CRMContact) async -> Result<String?, CallFailure> {
        do {
            let found = try await courier.connector.findContacts(contact.lookup(region: courier.settings.region))
            guard found.count > 1 else { return .success(found.first?.id) }
            // Our own mark decides between duplicates; without one a person does.
            let marked = found.filter { $0.puenteID == "\(contact.id)" }
            guard marked.count == 1, let only = marked.first else { return .failure(.ambiguous(found.map(\.id))) }
            return .success(only.id)
        } catch {
            return .failure(error)
        }
    }

    private func upsert(
        _ chunk: [(CRMContact, ContactUpsert)]
    ) async -> [(CRMContact, Result<String, CallFailure>)] {
        do {
            let items = try await courier.connector.upsertContacts(chunk.map(\.1))
            return zip(chunk, items).map { pair, item in
                switch item {
                case .done(let remoteID): (pair.0, .success(remoteID))
                case .failed(let failure): (pair.0, .failure(failure))
                }
            }
        } catch {
            return chunk.map { ($0.0, .failure(error)) }
        }
    }
}

extension CallFailure {
    fileprivate static func ambiguous(_ ids: [String]) -> CallFailure {
        CallFailure(
            kind: .permanent, code: "crm_duplicates", scope: .message, vendorText: ids.joined(separator: ", "),
            advice: LocalizedText(
                en:
                    "The CRM has several contacts with this number (\(ids.joined(separator: ", "))). Merge them there, then try again.",
                es:
                    "El CRM tiene varios contactos con este número (\(ids.joined(separator: ", "))). Fusiónelos allí y vuelva a intentarlo."
            ))
    }
}

extension CRMContact {
    fileprivate func lookup(region: String) -> ContactLookup {
        ContactLookup(
            puenteID: "\(id)", remoteID: remoteID, phones: phone.map { [$0] } ?? [], userIDs: userID.map { [$0] } ?? [],
            email: email, region: region)
    }

    fileprivate func upsert(remoteID: String?) -> ContactUpsert {
        let shown = name.isEmpty ? profileName : name
        return ContactUpsert(
            puenteID: "\(id)", remoteID: remoteID, firstName: remoteID == nil && !shown.isEmpty ? shown : nil,
            email: email, waID: phone, userID: userID, profileName: profileName.isEmpty ? nil : profileName)
    }
}
