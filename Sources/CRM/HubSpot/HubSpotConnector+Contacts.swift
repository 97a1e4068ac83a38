package import Domain
import PhoneNumbers

extension HubSpotConnector {
    package func findContacts(_ lookup: ContactLookup) async throws(CallFailure) -> [RemoteContact] {
        if let remoteID = lookup.remoteID, let contact = try await contact(remoteID: remoteID) { return [contact] }
        var hits: [RemoteContact] = []
        for search in HubSpotContactSearch(lookups: [lookup]).searches {
            hits += try await api.search(api.paths.contacts, search).results.map { RemoteContact($0) }
        }
        return ContactMatcher(lookup: lookup).people(among: hits)
    }

    package func findContacts(ofEach lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        let search = SharedSearch { lookups async throws(CallFailure) in
            let search = HubSpotContactSearch(lookups: lookups)
            guard try search.fits else { return .tooMany }
            return try await self.hits(of: search.searches)
        } single: { lookup async throws(CallFailure) in
            try await self.findContacts(lookup)
        }
        return await search.results(for: lookups)
    }

    private func hits(of searches: [HubSpotSearch]) async throws(CallFailure) -> SharedSearch.Hits {
        var hits: [RemoteContact] = []
        for search in searches {
            let page = try await api.search(api.paths.contacts, search)
            guard page.paging?.next == nil else { return .tooMany }
            hits += page.results.map { RemoteContact($0) }
        }
        return .all(hits)
    }

    package func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        var outcomes = [ItemOutcome?](repeating: nil, count: contacts.count)
        var writes: [Int: HubSpotWrite] = [:]
        for (index, values) in try await mapped(contacts).enumerated() {
            switch values {
            case .success(let mapped):
                let contact = contacts[index]
                writes[index] = HubSpotWrite(contact: contact, trace: "\(index)-\(contact.puenteID)", mapped: mapped)
            case .failure(let failure): outcomes[index] = .failed(failure)
            }
        }
        for wave in contacts.waves {
            let isKnown = { (index: Int) in contacts[index].remoteID != nil }
            let good = wave.filter { writes[$0] != nil }
            for (indices, call) in [(good.filter(isKnown), "update"), (good.filter { !isKnown($0) }, "upsert")] {
                let run = HubSpotBatchRun(api: api, path: "\(api.paths.contacts)/batch/\(call)", effect: .repeatable)
                let results = await run.outcomes(of: indices.compactMap { writes[$0] })
                for (index, outcome) in zip(indices, results) { outcomes[index] = outcome }
            }
        }
        if outcomes.contains(where: { $0?.isUnknownField == true }) { described.forget() }
        let unmentioned = ItemOutcome.failed(HubSpotAdvice.unmentioned(isRepeatable: true))
        return try outcomes.map { $0 ?? unmentioned }.unlessAllFailedAlike()
    }

    /// A merged record answers under its survivor's id. Nil: deleted, or never there.
    package func contact(
        remoteID id: String, reading fields: [String]
    ) async throws(CallFailure) -> RemoteContact? {
        guard Self.isRecordID(id) else { return nil }
        let further = try await readable(fields)
        // Names may come from people: nothing but a name goes into the address.
        let names = (HubSpotContactSearch.properties + further).map(FormBody.escaped).joined(separator: ",")
        do throws(CallFailure) {
            let object: HubSpotObject = try await api.get("\(api.paths.contacts)/\(id)?properties=\(names)")
            guard var contact = try await canonical([said(object, of: further)], further).first else { return nil }
            contact = contact.lacking(fields, answered: further)
            contact.matches = [.remoteID]
            return contact.isDeleted ? nil : contact
        } catch {
            guard error.code == CallFailure.RecordCode.gone else { throw error }
            return nil
        }
    }

    /// Ids go into paths: nothing but digits may.
    static func isRecordID(_ id: String) -> Bool {
        (1...20).contains(id.utf8.count) && id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension HubSpotWrite {
    /// - Parameter mapped: what the mapping writes; what is told of every contact goes before it.
    init(contact: ContactUpsert, trace: String, mapped: [String: String] = [:]) {
        var values: [HubSpotField: String] = [:]
        values[.whatsAppID] = contact.waID
        values[.userID] = contact.userID
        values[.profileName] = contact.profileName
        var properties = Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
        properties["hs_whatsapp_phone_number"] = contact.waID.map { "+\($0)" }
        if let remoteID = contact.remoteID {
            properties[HubSpotField.puenteID.rawValue] = contact.puenteID
            self.init(id: remoteID, objectWriteTraceId: trace, properties: mapped.merging(properties) { $1 })
        } else {
            properties["firstname"] = contact.firstName
            properties["lastname"] = contact.lastName
            properties["email"] = contact.email
            properties["mobilephone"] = contact.waID.map { "+\($0)" }
            let key = HubSpotField.puenteID.rawValue
            self.init(
                id: contact.puenteID, idProperty: key, objectWriteTraceId: trace,
                properties: mapped.filter { $0.key != key }.merging(properties) { $1 })
        }
    }
}
