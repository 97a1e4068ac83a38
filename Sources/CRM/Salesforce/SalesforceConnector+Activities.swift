package import Domain

extension SalesforceConnector {
    package func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome] {
        let schema = try await api.schema()
        let writer = SalesforceActivityWriter(schema: schema, language: api.settings.language)
        var outcomes = [ItemOutcome](repeating: .failed(.notLinked), count: activities.count)
        let run = SalesforceBatchRun(api: api, call: Self.creation(in: schema))
        for wave in Waves.positions(of: activities.map { [$0.puenteID] }) {
            let linked = wave.filter { SalesforceRecordID.isContact(activities[$0].contact.remoteID ?? "") }
            let writes = linked.map {
                writer.creation(of: activities[$0], contact: activities[$0].contact.remoteID ?? "")
            }
            for (index, result) in zip(linked, await run.outcomes(of: writes)) { outcomes[index] = result.outcome }
        }
        return try outcomes.unlessAllFailedAlike()
    }

    package func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome] {
        let schema = try await api.schema()
        let writer = SalesforceActivityWriter(schema: schema, language: api.settings.language)
        // Of several updates of one record only the last counts, and a collection may not hold a record twice.
        let last = Dictionary(updates.indices.map { (updates[$0].remoteID, $0) }, uniquingKeysWith: { $1 })
        let kept = updates.indices.filter {
            last[updates[$0].remoteID] == $0 && SalesforceRecordID.isID(updates[$0].remoteID)
        }
        let run = SalesforceBatchRun(api: api, call: .update)
        let results = await run.outcomes(of: kept.map { writer.update(updates[$0]) })
        let outcomes = Dictionary(uniqueKeysWithValues: zip(kept, results.map(\.outcome)))
        return try updates.map { update in
            last[update.remoteID].flatMap { outcomes[$0] } ?? .failed(SalesforceAdvice.gone(""))
        }.unlessAllFailedAlike()
    }

    package func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?] {
        let schema = try await api.schema()
        var found: [String: String] = [:]
        switch schema.place {
        case .messages:
            let key = SalesforceMessageField.puenteID.name
            for chunk in SOQL.chunks(activities.map(\.puenteID)) {
                let query =
                    "SELECT Id,\(key) FROM \(SalesforceMessageField.object) WHERE \(key) IN \(SOQL.list(chunk))"
                for record in try await api.records(query) { found[record.values[key] ?? ""] = record.id }
            }
        case .tasks:
            // Without a record there is nothing on its timeline.
            let contacts = Set(activities.compactMap(\.contact.remoteID).filter(SalesforceRecordID.isContact)).sorted()
            for chunk in SOQL.chunks(contacts) {
                let ours = activities.filter { chunk.contains($0.contact.remoteID ?? "") }
                let theirs = try await tasks(of: chunk, around: ours.map(\.at))
                found.merge(theirs) { first, _ in first }
            }
        }
        return activities.map { found[$0.puenteID] }
    }

    /// Our tasks on these contacts from the first of these days to the last, by their markers.
    func tasks(of contacts: [String], around times: [Timestamp]) async throws(CallFailure) -> [String: String] {
        guard let first = times.min(), let last = times.max() else { return [:] }
        let query =
            "SELECT Id,Subject FROM Task WHERE WhoId IN \(SOQL.list(contacts)) "
            + "AND ActivityDate >= \(SalesforceActivityWriter.day(first)) "
            + "AND ActivityDate <= \(SalesforceActivityWriter.day(last)) "
            + "AND Subject LIKE \(SOQL.text("%\(CommunicationBody.mark)%"))"
        var found: [String: String] = [:]
        for record in try await api.records(query) {
            guard let marker = CommunicationBody.marker(in: record.values["Subject"] ?? "") else { continue }
            found[marker] = record.id
        }
        return found
    }

    private static func creation(in schema: SalesforceSchema) -> SalesforceBatchRun.Call {
        switch schema.place {
        case .messages:
            .upsert(type: SalesforceMessageField.object, key: SalesforceMessageField.puenteID.name)
        case .tasks: .create
        }
    }
}
