package import Domain

extension SalesforceConnector {
    package func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        let schema = try await api.schema()
        guard schema.hasContactKey else {
            // An administrator may have made it meanwhile.
            api.schemas.forget()
            throw SalesforceAdvice.fieldMissing("no-upsert-key", "Contact.\(SalesforceField.puenteID.name)")
        }
        var outcomes = [ItemOutcome](
            repeating: .failed(SalesforceAdvice.unmentioned(isRepeatable: true)), count: contacts.count)
        let keys = contacts.map { [$0.puenteID] + ($0.remoteID.map { ["id \($0)"] } ?? []) }
        for wave in Waves.positions(of: keys) {
            let known = wave.filter { contacts[$0].remoteID != nil }
            let new = wave.filter { contacts[$0].remoteID == nil }
            for (index, outcome) in zip(known, await update(known.map { contacts[$0] }, schema)) {
                outcomes[index] = outcome
            }
            for (index, outcome) in zip(new, await create(new.map { contacts[$0] }, schema)) {
                outcomes[index] = outcome
            }
        }
        return try outcomes.unlessAllFailedAlike()
    }

    private func update(_ contacts: [ContactUpsert], _ schema: SalesforceSchema) async -> [ItemOutcome] {
        let usable = contacts.indices.filter { SalesforceRecordID.isContact(contacts[$0].remoteID ?? "") }
        let writes = usable.map { Self.write(contacts[$0], to: contacts[$0].remoteID ?? "", schema) }
        var outcomes = [ItemOutcome](repeating: .failed(SalesforceAdvice.gone("")), count: contacts.count)
        let run = SalesforceBatchRun(api: api, call: .update)
        for (index, result) in zip(usable, await run.outcomes(of: writes)) { outcomes[index] = result.outcome }
        return outcomes
    }

    private func create(_ contacts: [ContactUpsert], _ schema: SalesforceSchema) async -> [ItemOutcome] {
        let key = SalesforceField.puenteID.name
        let run = SalesforceBatchRun(api: api, call: .upsert(type: "Contact", key: key))
        let results = await run.outcomes(of: contacts.map { Self.creation(of: $0, schema) })
        var outcomes = results.map(\.outcome)
        for (index, result) in results.enumerated() where !result.duplicates.isEmpty {
            outcomes[index] = await adopted(contacts[index], result, schema)
        }
        return outcomes
    }

    /// A duplicate rule knows a record that the search has not seen yet. When exactly one of its records has the person's
    /// number, that is the person's.
    private func adopted(
        _ contact: ContactUpsert, _ refused: SalesforceBatchRun.Outcome, _ schema: SalesforceSchema
    ) async -> ItemOutcome {
        let lookup = ContactLookup(
            puenteID: contact.puenteID, phones: [contact.waID].compactMap(\.self),
            userIDs: [contact.userID].compactMap(\.self))
        let matcher = HubSpotContactMatcher(lookup: lookup)
        do throws(CallFailure) {
            let records = try await living(refused.duplicates)
            let people = Dictionary(records.values.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let confirmed = people.values.compactMap { matcher.confirmed(RemoteContact($0)) }
            guard confirmed.count == 1, let person = confirmed.first, person.puenteID == nil else {
                return refused.outcome
            }
            var known = contact
            known.remoteID = person.id
            return await update([known], schema).first ?? refused.outcome
        } catch {
            return .failed(error)
        }
    }

    /// What is ours on any record; people's own fields are left alone.
    private static func ours(_ contact: ContactUpsert) -> [String: String] {
        var values: [SalesforceField: String] = [.puenteID: contact.puenteID]
        values[.whatsAppID] = contact.waID
        values[.userID] = contact.userID
        values[.profileName] = contact.profileName
        return Dictionary(uniqueKeysWithValues: values.map { ($0.key.name, $0.value) })
    }

    static func write(_ contact: ContactUpsert, to id: String, _ schema: SalesforceSchema) -> SalesforceWrite {
        SalesforceWrite(type: "Contact", id: id, fields: schema.contact.writable(ours(contact)))
    }

    static func creation(of contact: ContactUpsert, _ schema: SalesforceSchema) -> SalesforceWrite {
        let name = SalesforceName(
            first: contact.firstName, last: contact.lastName,
            fallbacks: [contact.profileName, contact.waID.map { "+\($0)" }, contact.userID])
        var values = ours(contact)
        values["FirstName"] = name.first
        values["LastName"] = name.last
        values["Email"] = contact.email
        values["MobilePhone"] = contact.waID.map { "+\($0)" }
        return SalesforceWrite(type: "Contact", fields: schema.contact.writable(values))
    }
}
