package import Domain

extension ZohoConnector {
    package func findContacts(_ lookup: ContactLookup) async throws(CallFailure) -> [RemoteContact] {
        if let remoteID = lookup.remoteID, let contact = try await contact(remoteID: remoteID) { return [contact] }
        let search = ZohoContactSearch(lookup: lookup, schema: try await schema())
        var rows = try await api.query(search.query, limit: ZohoContactSearch.limit).data
        for condition in search.searches {
            let fields = search.schema.read.joined(separator: ",")
            let page: ZohoPage? = try await api.get("/Contacts/search?\(condition)&fields=\(fields)&per_page=200")
            rows += page?.data ?? []
        }
        return ContactMatcher(lookup: lookup).people(among: rows.compactMap(RemoteContact.init(zoho:)))
    }

    /// Nil: deleted, merged into another record, or never there. Zoho says nowhere into which: whoever asks looks the
    /// person up again, by our id and by every other handle.
    package func contact(
        remoteID id: String, reading fields: [String]
    ) async throws(CallFailure) -> RemoteContact? {
        guard Self.isRecordID(id) else { return nil }
        let names = try await readable(fields)
        do throws(CallFailure) {
            let page: ZohoPage? = try await api.get("/Contacts/\(id)")
            guard let row = page?.data.first, var contact = try await said(row, of: names), contact.id == id else {
                return nil
            }
            contact.matches = [.remoteID]
            return try await named([contact.lacking(fields, answered: names)], names).first
        } catch {
            guard error.code == CallFailure.RecordCode.gone else { throw error }
            return nil
        }
    }

    /// Without further fields the schema is not asked for.
    private func said(_ row: [String: ZohoCell], of names: [String]) async throws(CallFailure) -> RemoteContact? {
        names.isEmpty ? RemoteContact(zoho: row) : said(row, of: names, try await schema().book)
    }

    private func named(_ contacts: [RemoteContact], _ names: [String]) async throws(CallFailure) -> [RemoteContact] {
        names.isEmpty ? contacts : try await people.named(contacts, names, in: try await schema().book)
    }

    /// Records whose id is known, or that have our id already, are updated, and keep their names; the others are
    /// upserted, so that a repetition, or somebody else at the same time, makes no second one.
    package func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        var outcomes = [ItemOutcome?](repeating: nil, count: contacts.count)
        var values: [Int: ZohoMapped] = [:]
        for (index, mapped) in try await mapped(contacts).enumerated() {
            switch mapped {
            case .success(let mapped): values[index] = mapped
            case .failure(let failure): outcomes[index] = .failed(failure)
            }
        }
        for wave in contacts.waves {
            let good = wave.filter { values[$0] != nil }
            let known = try await knownIDs(of: good.map { contacts[$0] })
            let id = { (index: Int) in contacts[index].remoteID ?? known[contacts[index].puenteID] }
            let mapped = { (index: Int) in values[index] ?? ZohoMapped() }
            let updates = good.filter { id($0) != nil }
            let creations = good.filter { id($0) == nil }
            let update = ZohoBatchRun(api: api, method: "PUT", path: "/Contacts", effect: .repeatable)
            let upsert = ZohoBatchRun(
                api: api, method: "POST", path: "/Contacts/upsert", keys: [ZohoField.puenteID.rawValue],
                effect: .repeatable)
            let changed = await update.outcomes(
                of: updates.map { contacts[$0].zohoUpdate(id: id($0) ?? "", mapped: mapped($0).row) })
            for (index, outcome) in zip(updates, changed) { outcomes[index] = outcome }
            let made = await upsert.outcomes(of: creations.map { contacts[$0].zohoCreation(mapped: mapped($0).row) })
            for (index, outcome) in zip(creations, made) { outcomes[index] = outcome }
            try await writeTags(good.map { (index: $0, tags: mapped($0).tags) }, &outcomes)
        }
        let unmentioned = ItemOutcome.failed(ZohoAdvice.unmentioned(isRepeatable: true))
        return try outcomes.map { $0 ?? unmentioned }.unlessAllFailedAlike()
    }

    /// Which of the contacts that come without a record's id have one nevertheless, by our id.
    private func knownIDs(of contacts: [ContactUpsert]) async throws(CallFailure) -> [String: String] {
        let open = contacts.filter { $0.remoteID == nil }.map(\.puenteID)
        var known: [String: String] = [:]
        for start in stride(from: 0, to: open.count, by: 50) {
            let part = Array(open[start..<min(start + 50, open.count)])
            guard let condition = ZohoContactSearch.isOneOf(ZohoField.puenteID.rawValue, part) else { continue }
            let select = "select id, \(ZohoField.puenteID.rawValue) from Contacts where \(condition) limit 200"
            for row in try await api.query(select, limit: 200).data {
                guard let key = row[ZohoField.puenteID.rawValue]?.text, let id = row["id"]?.text else { continue }
                known[key] = id
            }
        }
        return known
    }
}
