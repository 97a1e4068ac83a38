package import Domain

extension OdooConnector {
    package func findContacts(_ lookup: ContactLookup) async throws(CallFailure) -> [RemoteContact] {
        if let remoteID = lookup.remoteID, let contact = try await contact(remoteID: remoteID) { return [contact] }
        return ContactMatcher(lookup: lookup).people(among: try await hits(of: [lookup]))
    }

    package func findContacts(ofEach lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        let search = SharedSearch { lookups async throws(CallFailure) in
            let hits = try await self.hits(of: lookups)
            return hits.count < Self.maxHits ? .all(hits) : .tooMany
        } single: { lookup async throws(CallFailure) in
            try await self.findContacts(lookup)
        }
        return await search.results(for: lookups)
    }

    /// Partners that a search gives at most.
    private static let maxHits = 200

    /// Those of whom a handle or its end is one of these people's.
    private func hits(of lookups: [ContactLookup]) async throws(CallFailure) -> [RemoteContact] {
        let fields = try await partnerFields()
        // First by our external id: it follows merges.
        var hits = try await named(lookups)
        let indexed = OdooContactSearch(lookups: lookups, fields: fields).indexed
        hits += try await partners(indexed, limit: Self.maxHits).compactMap(\.contact)
        // The second search looks at every partner's numbers.
        let open = lookups.filter { ContactMatcher(lookup: $0).people(among: hits).isEmpty }
        if let byDigits = OdooContactSearch(lookups: open, fields: fields).byDigits {
            hits += try await partners(byDigits, limit: Self.maxHits).compactMap(\.contact)
        }
        return hits
    }

    /// Our external id says who it is, whatever else the record says.
    private func named(_ lookups: [ContactLookup]) async throws(CallFailure) -> [RemoteContact] {
        let standing = try await OdooDirectory(api: api).standing(of: lookups.map(\.puenteID)).active
        guard !standing.isEmpty else { return [] }
        let there = try await partners([["id", "in", .ids(Set(standing.values).sorted())]], limit: standing.count)
        let contacts = Dictionary(
            there.compactMap { partner in partner.id.map { ($0, partner.contact) } }, uniquingKeysWith: { $1 })
        return standing.sorted { $0.key < $1.key }.compactMap { puenteID, id in
            var contact = contacts[id] ?? nil
            contact?.puenteID = puenteID
            return contact
        }
    }

    /// Nil: deleted, archived, merged into another one, or never there.
    package func contact(
        remoteID id: String, reading fields: [String]
    ) async throws(CallFailure) -> RemoteContact? {
        guard let number = Self.recordID(id) else { return nil }
        let names = try await readable(fields)
        let found = try await partners([["id", "=", .integer(number)]], limit: 1, reading: names)
        guard var contact = try await contacts(of: found, reading: names).first else { return nil }
        contact.matches = [.remoteID]
        return contact.isDeleted ? nil : contact.lacking(fields, answered: names)
    }

    package func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        let fields = try await partnerFields()
        var outcomes = [ItemOutcome](repeating: .failed(OdooAdvice.notTried), count: contacts.count)
        var cells: [Int: [OdooCell]] = [:]
        for (index, mapped) in try await mapped(contacts).enumerated() {
            switch mapped {
            case .success(let mapped): cells[index] = mapped
            case .failure(let failure): outcomes[index] = .failed(failure)
            }
        }
        // Of one contact the later values win: they go with a later call.
        for whole in contacts.waves {
            let wave = whole.filter { cells[$0] != nil }
            let members = wave.map { contacts[$0] }
            let places = try await places(of: members)
            let rows = zip(wave, places).map { index, place in
                OdooRow(contacts[index], at: place, fields: fields, mapped: cells[index] ?? [])
            }
            let results = await write(rows)
            for (index, outcome) in zip(wave, results) { outcomes[index] = outcome }
            let adopted = zip(zip(members, places), results).compactMap {
                pair, outcome -> (puenteID: String, id: Int64)? in
                guard case .id(let id) = pair.1, outcome.remoteID != nil else { return nil }
                return (pair.0.puenteID, id)
            }
            try await OdooDirectory(api: api).name(adopted)
        }
        return try outcomes.unlessAllFailedAlike()
    }

    /// Where each is written: to its record, or under an external id that `load` finds or makes.
    private func places(of contacts: [ContactUpsert]) async throws(CallFailure) -> [OdooRow.Key] {
        let unlinked = contacts.filter { $0.remoteID.flatMap(Self.recordID) == nil }.map(\.puenteID)
        let standing = try await OdooDirectory(api: api).standing(of: unlinked)
        return contacts.map { contact in
            if let id = contact.remoteID.flatMap(Self.recordID) ?? standing.active[contact.puenteID] { return .id(id) }
            // What people archived stays so: another record is made, once for each occasion.
            let isTaken = standing.archived.contains(contact.puenteID) && !contact.occasion.isEmpty
            return .externalID(OdooExternalID.whole(contact.puenteID, occasion: isTaken ? contact.occasion : nil))
        }
    }

    /// A record that nothing is to be written to is only looked for.
    private func write(_ rows: [OdooRow]) async -> [ItemOutcome] {
        let bare = Set(rows.filter(\.values.isEmpty).compactMap { if case .id(let id) = $0.key { id } else { nil } })
        guard !bare.isEmpty else { return await OdooLoad(api: api).outcomes(of: rows) }
        let full = rows.indices.filter { !rows[$0].values.isEmpty }
        var outcomes = [ItemOutcome](repeating: .failed(OdooAdvice.gone("")), count: rows.count)
        do throws(CallFailure) {
            let there = try await OdooDirectory(api: api).active(bare)
            for index in rows.indices {
                if case .id(let id) = rows[index].key, there.contains(id) {
                    outcomes[index] = .done(remoteID: String(id))
                }
            }
        } catch {
            outcomes = outcomes.map { _ in .failed(error) }
        }
        for (index, outcome) in zip(full, await OdooLoad(api: api).outcomes(of: full.map { rows[$0] })) {
            outcomes[index] = outcome
        }
        return outcomes
    }
}

extension OdooRow {
    /// - Parameters:
    ///   - fields: of this Odoo's partners; others are left out.
    ///   - mapped: what the mapping writes; what is told of every contact goes before it.
    init(_ contact: ContactUpsert, at key: Key, fields: Set<String>, mapped: [OdooCell] = []) {
        var values: [String: String?] = [
            OdooField.puenteID.rawValue: contact.puenteID, OdooField.whatsAppID.rawValue: contact.waID,
            OdooField.userID.rawValue: contact.userID, OdooField.profileName.rawValue: contact.profileName,
        ]
        if case .externalID = key {
            let phone = contact.waID.map { "+\($0)" }
            let name = [contact.firstName, contact.lastName].compactMap(\.self).joined(separator: " ")
            let known = [name, mapped.first { $0.column == "name" }?.text, contact.profileName, phone, "WhatsApp"]
            values["name"] = known.compactMap(\.self).first { !$0.isEmpty }
            values["email"] = contact.email
            values[fields.contains("mobile") ? "mobile" : "phone"] = phone
        }
        let told = values.compactMapValues { $0 }.filter { fields.contains($0.key) && !$0.value.isEmpty }
        let further = Dictionary(mapped.map { ($0.column, $0.text) }, uniquingKeysWith: { first, _ in first })
        self.init(key: key, values: further.merging(told) { $1 })
    }
}
