package import Domain

extension SalesforceConnector {
    private static let maxRead = 200
    /// Names in the address of a query, which has 16,384 characters.
    private static let maxNames = 6000

    package func fields() async throws(CallFailure) -> [RemoteField] {
        try await api.schema(isFresh: true).book.offered
    }

    package func contacts(
        remoteIDs: [String], reading fields: [String]
    ) async throws(CallFailure) -> [RemoteContact] {
        let names = try await readable(fields)
        let ids = Set(remoteIDs.filter(SalesforceRecordID.isContact)).sorted()
        var found: [String: RemoteContact] = [:]
        var open: [String] = []
        for chunk in SOQL.chunks(ids, of: Self.maxRead) {
            let records = try await read(chunk, names)
            for (id, record) in zip(chunk, records) {
                guard let record, !record.isDeleted else {
                    open.append(id)
                    continue
                }
                found[record.id] = try await canonical(RemoteContact(record), names)
            }
        }
        // What is not there any more may have been merged.
        let inQuery = Self.fitInQuery(names) ? names : []
        for (id, record) in try await living(open, reading: inQuery) {
            var contact = try await canonical(found[record.id] ?? RemoteContact(record), inQuery)
            contact.mergedIDs.append(id)
            found[record.id] = contact
        }
        let whole = found.values.map { $0.lacking(fields, answered: names) }.sorted { $0.id < $1.id }
        return try await withPeople(whole, names)
    }

    /// - Returns: in the order of the ids; nil for what is not there.
    private func read(_ ids: [String], _ names: [String]) async throws(CallFailure) -> [SalesforceRecord?] {
        let schema = try await api.schema()
        let asked = SalesforceRead(ids: ids, fields: SOQL.contactNames(schema, names))
        let answer: [[String: LooseText]?]
        do throws(CallFailure) {
            answer = try await api.send("POST", "/composite/sobjects/Contact", asked, effect: .repeatable)
        } catch {
            // The next one is asked for what there is.
            if error.code == "INVALID_FIELD" { api.schemas.forget() }
            throw error
        }
        guard answer.count == ids.count else { throw SalesforceAdvice.unmentioned(isRepeatable: true) }
        return answer.map { $0.map(SalesforceRecord.init) }
    }

    /// More fields of contacts that were read already.
    func withFields(_ contacts: [RemoteContact], _ names: [String]) async throws(CallFailure) -> [RemoteContact] {
        let living = contacts.filter { !$0.isDeleted }.map(\.id)
        let read = try await self.contacts(remoteIDs: living, reading: names)
        let byID = Dictionary(read.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return contacts.map { contact in
            guard var whole = byID[contact.id] else { return contact.lacking(names, answered: []) }
            whole.mergedIDs = contact.mergedIDs
            return whole
        }
    }

    /// Once they are, nothing changes any more.
    func withPeople(_ contacts: [RemoteContact], _ names: [String]) async throws(CallFailure) -> [RemoteContact] {
        names.isEmpty ? contacts : try await people.named(contacts, names, in: try await api.schema().book)
    }

    /// Which of these our user may see.
    func readable(_ names: [String]) async throws(CallFailure) -> [String] {
        guard !names.isEmpty else { return [] }
        return try await book(for: names).readable(names)
    }

    static func fitInQuery(_ names: [String]) -> Bool { names.reduce(0) { $0 + $1.utf8.count + 1 } <= maxNames }

    func canonical(_ contact: RemoteContact, _ names: [String]) async throws(CallFailure) -> RemoteContact {
        names.isEmpty ? contact : contact.canonical(salesforce: names, try await api.schema().book)
    }

    func book(for names: some Collection<String>) async throws(CallFailure) -> FieldBook {
        let known = try await api.schema().book
        return known.isStale(for: names) ? try await api.schema(isFresh: true).book : known
    }

    /// What mappings write, in the kind of each field; for each contact, or why it cannot be written.
    func mapped(
        _ contacts: [ContactUpsert]
    ) async throws(CallFailure) -> [Result<[String: SalesforceValue], CallFailure>] {
        let names = contacts.mappedNames
        guard !names.isEmpty else { return contacts.map { _ in .success([:]) } }
        let book = try await book(for: names)
        let fitting = FieldFitting(vendor: "Salesforce", users: try await people.directory(for: contacts, in: book))
        return contacts.map { contact in
            do throws(CallFailure) {
                var values: [String: SalesforceValue] = [:]
                for field in try fitting.values(contact.fields, in: book) {
                    values[field.name] = try field.salesforce()
                }
                return .success(values)
            } catch {
                return .failure(error)
            }
        }
    }
}

/// Source: Salesforce, REST API Developer Guide, "sObject Collections, Get Records".
struct SalesforceRead: Encodable {
    let ids: [String]
    let fields: [String]
}
