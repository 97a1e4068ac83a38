package import Domain

extension SalesforceConnector {
    package func upsertContacts(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [ItemOutcome] {
        let schema = try await api.schema()
        guard schema.hasContactKey else {
            // An administrator may have made it meanwhile.
            api.schemas.forget()
            throw SalesforceAdvice.fieldMissing("no-upsert-key", "Contact.\(SalesforceField.puenteID.name)")
        }
        var outcomes = try await write(contacts, schema)
        // Whoever made or deleted a field meanwhile is seen now: what is wrong is one contact's from here on.
        let again = contacts.indices.filter { !contacts[$0].fields.isEmpty && outcomes[$0].isRefusedField }
        if !again.isEmpty {
            let fresh = try await api.schema(isFresh: true)
            let results = try await write(again.map { contacts[$0] }, fresh)
            for (index, outcome) in zip(again, results) { outcomes[index] = outcome }
        }
        return try outcomes.unlessAllFailedAlike()
    }

    private func write(
        _ contacts: [ContactUpsert], _ schema: SalesforceSchema
    ) async throws(CallFailure) -> [ItemOutcome] {
        var outcomes = [ItemOutcome](
            repeating: .failed(SalesforceAdvice.unmentioned(isRepeatable: true)), count: contacts.count)
        var people: [Int: Person] = [:]
        for (index, values) in try await mapped(contacts).enumerated() {
            switch values {
            case .success(let mapped): people[index] = Person(contact: contacts[index], mapped: mapped)
            case .failure(let failure): outcomes[index] = .failed(failure)
            }
        }
        let keys = contacts.map { [$0.puenteID] + ($0.remoteID.map { ["id \($0)"] } ?? []) }
        for wave in Waves.positions(of: keys) {
            let good = wave.filter { people[$0] != nil }
            let known = good.filter { contacts[$0].remoteID != nil }
            let new = good.filter { contacts[$0].remoteID == nil }
            for (index, outcome) in zip(known, await update(known.compactMap { people[$0] }, schema)) {
                outcomes[index] = outcome
            }
            for (index, outcome) in zip(new, await create(new.compactMap { people[$0] }, schema)) {
                outcomes[index] = outcome
            }
        }
        return outcomes
    }

    /// Somebody to write, and what the mapping says of them.
    struct Person {
        var contact: ContactUpsert
        let mapped: [String: SalesforceValue]
    }

    private func update(_ people: [Person], _ schema: SalesforceSchema) async -> [ItemOutcome] {
        let usable = people.indices.filter { SalesforceRecordID.isContact(people[$0].contact.remoteID ?? "") }
        let writes = usable.map { Self.write(people[$0], to: people[$0].contact.remoteID ?? "", schema) }
        var outcomes = [ItemOutcome](repeating: .failed(SalesforceAdvice.gone("")), count: people.count)
        let run = SalesforceBatchRun(api: api, call: .update)
        for (index, result) in zip(usable, await run.outcomes(of: writes)) { outcomes[index] = result.outcome }
        return await toldApart(outcomes, of: people)
    }

    /// Of a record that a value names and that is not there, Salesforce says the same as of a contact that is gone: who lives
    /// is not gone.
    private func toldApart(_ outcomes: [ItemOutcome], of people: [Person]) async -> [ItemOutcome] {
        let doubtful = people.indices.filter { outcomes[$0].isGone && people[$0].namesRecords }
        guard !doubtful.isEmpty else { return outcomes }
        var told = outcomes
        do throws(CallFailure) {
            let living = try await living(doubtful.compactMap { people[$0].contact.remoteID })
            for index in doubtful {
                guard case .failed(let failure) = outcomes[index], let id = people[index].contact.remoteID,
                    living[id]?.id.hasPrefix(id) == true
                else { continue }
                told[index] = .failed(SalesforceAdvice.wrongReference(failure.vendorText))
            }
        } catch {
            for index in doubtful { told[index] = .failed(error) }
        }
        return told
    }

    private func create(_ people: [Person], _ schema: SalesforceSchema) async -> [ItemOutcome] {
        let key = SalesforceField.puenteID.name
        let run = SalesforceBatchRun(api: api, call: .upsert(type: "Contact", key: key))
        let results = await run.outcomes(of: people.map { Self.creation(of: $0, schema) })
        var outcomes = results.map(\.outcome)
        for (index, result) in results.enumerated() where !result.duplicates.isEmpty {
            outcomes[index] = await adopted(people[index], result, schema)
        }
        return outcomes
    }

    /// A duplicate rule knows a record that the search has not seen yet. When exactly one of its records has the person's
    /// number, that is the person's.
    private func adopted(
        _ person: Person, _ refused: SalesforceBatchRun.Outcome, _ schema: SalesforceSchema
    ) async -> ItemOutcome {
        let contact = person.contact
        let lookup = ContactLookup(
            puenteID: contact.puenteID, phones: [contact.waID].compactMap(\.self),
            userIDs: [contact.userID].compactMap(\.self))
        let matcher = ContactMatcher(lookup: lookup)
        do throws(CallFailure) {
            let records = try await living(refused.duplicates)
            let known = Dictionary(records.values.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
            let confirmed = known.values.compactMap { matcher.confirmed(RemoteContact($0)) }
            guard confirmed.count == 1, let record = confirmed.first, record.puenteID == nil else {
                return refused.outcome
            }
            var linked = person
            linked.contact.remoteID = record.id
            return await update([linked], schema).first ?? refused.outcome
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

    static func write(_ person: Person, to id: String, _ schema: SalesforceSchema) -> SalesforceWrite {
        SalesforceWrite(
            type: "Contact", id: id, fields: schema.contact.writable(ours(person.contact)), mapped: person.mapped)
    }

    static func creation(of person: Person, _ schema: SalesforceSchema) -> SalesforceWrite {
        let contact = person.contact
        var values = ours(contact)
        // Where the mapping alone knows a last name, nothing has to stand for it.
        if contact.firstName != nil || contact.lastName != nil || !person.hasLastName {
            let name = RecordName(
                first: contact.firstName, last: contact.lastName,
                fallbacks: [contact.profileName, contact.waID.map { "+\($0)" }, contact.userID])
            values["FirstName"] = name.first
            values["LastName"] = name.last
        }
        values["Email"] = contact.email
        values["MobilePhone"] = contact.waID.map { "+\($0)" }
        return SalesforceWrite(type: "Contact", fields: schema.contact.writable(values), mapped: person.mapped)
    }
}

extension SalesforceConnector.Person {
    fileprivate var hasLastName: Bool {
        if case .text(let name)? = mapped["LastName"] { !name.isEmpty } else { false }
    }

    /// What the mapping writes may be another record's id.
    fileprivate var namesRecords: Bool {
        mapped.values.contains { if case .text(let text) = $0 { SalesforceRecordID.isID(text) } else { false } }
    }
}

extension ItemOutcome {
    fileprivate var isGone: Bool {
        if case .failed(let failure) = self { failure.code == CallFailure.RecordCode.gone } else { false }
    }

    /// Salesforce refuses a collection as a whole for a field that it does not have.
    fileprivate var isRefusedField: Bool {
        if case .failed(let failure) = self { failure.code == "INVALID_FIELD" } else { false }
    }
}
