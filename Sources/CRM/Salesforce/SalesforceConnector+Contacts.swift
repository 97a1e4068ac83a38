package import Domain
import PhoneNumbers

extension SalesforceConnector {
    package func findContacts(_ lookup: ContactLookup) async throws(CallFailure) -> [RemoteContact] {
        if let remoteID = lookup.remoteID, let contact = try await contact(remoteID: remoteID) { return [contact] }
        let hits = try await keyed([lookup]) + (try await phoned([lookup]))
        return ContactMatcher(lookup: lookup).people(among: hits)
    }

    package func findContacts(ofEach lookups: [ContactLookup]) async -> [Result<[RemoteContact], CallFailure>] {
        let search = SharedSearch { lookups async throws(CallFailure) in
            let (keyed, phoned) = (try await self.keyed(lookups), try await self.phoned(lookups))
            let isWhole = max(keyed.count, phoned.count) < Self.maxHits
            return isWhole ? .all(keyed + phoned) : .tooMany
        } single: { lookup async throws(CallFailure) in
            try await self.findContacts(lookup)
        }
        return await search.results(for: lookups)
    }

    /// A merged record answers under its survivor's id. Nil: deleted, or never there.
    package func contact(
        remoteID id: String, reading fields: [String]
    ) async throws(CallFailure) -> RemoteContact? {
        guard SalesforceRecordID.isContact(id) else { return nil }
        let names = try await readable(fields)
        guard let record = try await living([id], reading: names).values.first else { return nil }
        var contact = try await canonical(RemoteContact(record), names)
        contact.matches = [.remoteID]
        return try await withPeople([contact.lacking(fields, answered: names)], names).first
    }

    /// Records that a search gives at most.
    private static let maxHits = 200

    /// By what Salesforce indexes: our own fields and the e-mail. Sees every record at once.
    private func keyed(_ lookups: [ContactLookup]) async throws(CallFailure) -> [RemoteContact] {
        let schema = try await api.schema()
        let values: [(String, [String])] = [
            (SalesforceField.puenteID.name, lookups.map(\.puenteID)),
            (SalesforceField.whatsAppID.name, lookups.flatMap { $0.phones.prefix(5) }.flatMap(WhatsAppNumber.variants)),
            (SalesforceField.userID.name, lookups.flatMap { $0.userIDs.prefix(5) }),
            ("Email", lookups.compactMap(\.email).filter { !$0.isEmpty }),
        ]
        let conditions = values.filter { !$0.1.isEmpty && schema.contact.fields[$0.0] != nil }.map {
            "\($0.0) IN \(SOQL.list($0.1))"
        }
        guard !conditions.isEmpty else { return [] }
        return try await api.records(
            "SELECT \(SOQL.contactFields(schema)) FROM Contact WHERE \(conditions.joined(separator: " OR ")) "
                + "LIMIT \(Self.maxHits)"
        ).map { RemoteContact($0) }
    }

    /// By phone numbers in any writing. Its index sees new records some time later.
    private func phoned(_ lookups: [ContactLookup]) async throws(CallFailure) -> [RemoteContact] {
        let terms = lookups.flatMap { PhoneTerms.terms(of: $0.phones) }
        guard !terms.isEmpty else { return [] }
        let fields = SOQL.contactFields(try await api.schema())
        let search =
            "FIND {\(terms.joined(separator: " OR "))} IN PHONE FIELDS RETURNING "
            + "Contact(\(fields) LIMIT \(Self.maxHits))"
        let answer: SalesforceSearchAnswer = try await api.get("/search?q=\(FormBody.escaped(search))")
        return answer.searchRecords.map { RemoteContact(SalesforceRecord($0)) }
    }

    /// The records under these ids as they live on: those that were merged under their survivors, the deleted left out.
    /// - Returns: by the id that was asked for.
    func living(
        _ ids: [String], reading names: [String] = []
    ) async throws(CallFailure) -> [String: SalesforceRecord] {
        let schema = try await api.schema()
        var known: [String: SalesforceRecord] = [:]
        var wanted = Set(ids.filter(SalesforceRecordID.isContact))
        // A record that was merged into one that was merged …: each step is one query.
        for _ in 0..<10 where !wanted.isEmpty {
            for chunk in SOQL.chunks(wanted.sorted()) {
                let query = "SELECT \(SOQL.contactFields(schema, names)) FROM Contact WHERE Id IN \(SOQL.list(chunk))"
                for record in try await api.records(query, includesDeleted: true) { known[record.id] = record }
            }
            wanted = Set(known.values.compactMap(\.masterID)).subtracting(known.keys)
        }
        return ids.reduce(into: [:]) { result, id in result[id] = Self.survivor(of: id, in: known) }
    }

    private static func survivor(of id: String, in known: [String: SalesforceRecord]) -> SalesforceRecord? {
        // Ids of 15 characters are the beginning of those of 18.
        var record = known[id] ?? (id.utf8.count == 15 ? known.first { $0.key.hasPrefix(id) }?.value : nil)
        for _ in 0..<10 {
            guard let master = record?.masterID else { break }
            record = known[master]
        }
        return record.flatMap { $0.isDeleted ? nil : $0 }
    }
}

/// Source: Salesforce, REST API Developer Guide, "Search".
struct SalesforceSearchAnswer: Decodable {
    let searchRecords: [[String: LooseText]]
}
