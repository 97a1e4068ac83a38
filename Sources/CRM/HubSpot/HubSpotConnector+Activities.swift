package import Domain

extension HubSpotConnector {
    /// Communication to contact, defined by HubSpot.
    static let contactAssociation = 81
    private static let searchPages = 10

    package func ping() async throws(CallFailure) {
        let _: HubSpotPage = try await api.get("\(api.paths.communications)?limit=1")
    }

    package func recordActivities(_ activities: [Activity]) async throws(CallFailure) -> [ItemOutcome] {
        var outcomes = [ItemOutcome?](repeating: nil, count: activities.count)
        var linked: [(index: Int, write: HubSpotWrite)] = []
        for (index, activity) in activities.enumerated() {
            if let contact = activity.contact.remoteID, Self.isRecordID(contact) {
                linked.append((index, creation(of: activity, contact: contact, trace: "\(index)-\(activity.puenteID)")))
            } else {
                outcomes[index] = .failed(.notLinked)
            }
        }
        let run = HubSpotBatchRun(api: api, path: "\(api.paths.communications)/batch/create", effect: .once)
        for (item, outcome) in zip(linked, await run.outcomes(of: linked.map(\.write))) {
            outcomes[item.index] = outcome
        }
        return try outcomes.map { $0 ?? .failed(.notLinked) }.unlessAllFailedAlike()
    }

    package func updateActivities(_ updates: [ActivityUpdate]) async throws(CallFailure) -> [ItemOutcome] {
        let run = HubSpotBatchRun(api: api, path: "\(api.paths.communications)/batch/update", effect: .repeatable)
        // Of several updates of one record only the last counts, and a batch may not hold a record twice.
        let last = Dictionary(updates.indices.map { (updates[$0].remoteID, $0) }, uniquingKeysWith: { $1 })
        let kept = updates.indices.filter { last[updates[$0].remoteID] == $0 }
        let writes = kept.map { index in
            HubSpotWrite(
                id: updates[index].remoteID, objectWriteTraceId: "\(index)-\(updates[index].activity.puenteID)",
                properties: ["hs_communication_body": body(of: updates[index].activity)])
        }
        let outcomes = Dictionary(uniqueKeysWithValues: zip(kept, await run.outcomes(of: writes)))
        return try updates.map { update in
            last[update.remoteID].flatMap { outcomes[$0] } ?? .failed(HubSpotAdvice.unmentioned(isRepeatable: true))
        }.unlessAllFailedAlike()
    }

    /// Searches by the time of the messages, which narrows them down to few, and recognises ours by the marker. Where a
    /// moment has more than can be read, those of each contact alone are looked through.
    package func findActivities(_ activities: [Activity]) async throws(CallFailure) -> [String?] {
        var found: [String: String] = [:]
        var isWhole = true
        for search in HubSpotActivitySearch.searches(around: activities.map(\.at)) {
            if try await !look(with: search, into: &found) { isWhole = false }
        }
        let open = isWhole ? [] : activities.filter { found[$0.puenteID] == nil }
        for search in HubSpotActivitySearch.searches(ofEach: open) {
            guard try await look(with: search, into: &found) else { throw HubSpotAdvice.tooManyToSearch }
        }
        return activities.map { found[$0.puenteID] }
    }

    /// - Returns: whether all that the search finds was read; what was not seen may stand on one of the other pages.
    func look(
        with search: HubSpotSearch, into found: inout [String: String]
    ) async throws(CallFailure) -> Bool {
        var search = search
        for _ in 0..<Self.searchPages {
            let page = try await api.search(api.paths.communications, search)
            for object in page.results {
                guard let body = object.values["hs_communication_body"] else { continue }
                guard let marker = CommunicationBody.marker(in: body) else { continue }
                found[marker] = object.id
            }
            guard let after = page.paging?.next?.after else { return true }
            search.after = after
        }
        return false
    }

    private func creation(of activity: Activity, contact: String, trace: String) -> HubSpotWrite {
        HubSpotWrite(
            objectWriteTraceId: trace,
            properties: [
                "hs_communication_channel_type": "WHATS_APP", "hs_communication_logged_from": "CRM",
                "hs_communication_body": body(of: activity), "hs_timestamp": activity.at.iso8601,
            ],
            associations: [
                .init(
                    to: .init(id: contact),
                    types: [.init(associationCategory: "HUBSPOT_DEFINED", associationTypeId: Self.contactAssociation)])
            ])
    }

    private func body(of activity: Activity) -> String {
        CommunicationBody(activity: activity, language: api.settings.language).html
    }
}
