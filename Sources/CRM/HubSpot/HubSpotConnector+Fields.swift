package import Domain

extension HubSpotConnector {
    private static let maxBatch = 100

    package func fields() async throws(CallFailure) -> [RemoteField] {
        described.forget()
        return try await fieldBook(for: []).offered
    }

    package func contacts(
        remoteIDs: [String], reading fields: [String]
    ) async throws(CallFailure) -> [RemoteContact] {
        let names = try await readable(fields)
        let ids = Set(remoteIDs.filter(Self.isRecordID)).sorted()
        var found: [String: RemoteContact] = [:]
        for start in stride(from: 0, to: ids.count, by: Self.maxBatch) {
            for contact in try await batch(ids[start..<min(start + Self.maxBatch, ids.count)], names) {
                found[contact.id] = contact
            }
        }
        let told = Set(found.keys).union(found.values.flatMap(\.mergedIDs))
        // An id that ended in a merge may be missing from a batch, and has an answer by itself.
        for id in ids where !told.contains(id) {
            guard var contact = try await contact(remoteID: id, reading: names) else { continue }
            contact.matches = []
            if contact.id != id, !contact.mergedIDs.contains(id) { contact.mergedIDs.append(id) }
            found[contact.id] = contact
        }
        return found.values.map { $0.lacking(fields, answered: names) }.sorted { $0.id < $1.id }
    }

    private func batch(_ ids: ArraySlice<String>, _ names: [String]) async throws(CallFailure) -> [RemoteContact] {
        let read = HubSpotBatchRead(
            properties: HubSpotContactSearch.properties + names, inputs: ids.map { .init(id: $0) })
        let answer: HubSpotBatchAnswer = try await api.post(
            "\(api.paths.contacts)/batch/read", read, effect: .repeatable)
        let contacts = answer.results.map { said($0, of: names) }.filter { !$0.isDeleted }
        return try await canonical(contacts, names)
    }

    /// HubSpot says nothing of a property that is gone: the next write finds what there is.
    func said(_ object: HubSpotObject, of names: [String]) -> RemoteContact {
        let contact = RemoteContact(object).lacking(names, answered: (object.properties ?? [:]).keys)
        if !contact.lacking.isEmpty, described.known?.mayBeOld() == true { described.forget() }
        return contact
    }

    /// Which of these can be read, and how their values are written is known.
    func readable(_ names: [String]) async throws(CallFailure) -> [String] {
        names.isEmpty ? [] : try await fieldBook(for: names).readable(names)
    }

    func canonical(_ contacts: [RemoteContact], _ names: [String]) async throws(CallFailure) -> [RemoteContact] {
        guard !names.isEmpty else { return contacts }
        let book = try await fieldBook(for: names)
        let read = contacts.map { contact in
            contact.with(
                Dictionary(
                    names.map { name in
                        (name, contact.fields[name].map { book[name]?.canonical(hubSpot: $0) ?? $0 })
                    }, uniquingKeysWith: { first, _ in first }))
        }
        return try await people.named(read, names, in: book)
    }

    /// - Parameter names: that it should know, if HubSpot does.
    func fieldBook(for names: some Collection<String>) async throws(CallFailure) -> FieldBook {
        if let known = described.known, !known.isStale(for: names) { return known }
        let book = FieldBook(try await properties().values.map(\.described))
        described.keep(book)
        return book
    }

    /// What mappings write, as HubSpot stores it; for each contact, or why it cannot be written.
    func mapped(
        _ contacts: [ContactUpsert]
    ) async throws(CallFailure) -> [Result<[String: String], CallFailure>] {
        let names = contacts.mappedNames
        guard !names.isEmpty else { return contacts.map { _ in .success([:]) } }
        let book = try await fieldBook(for: names)
        let fitting = FieldFitting(vendor: "HubSpot", users: try await people.directory(for: contacts, in: book))
        return contacts.map { contact in
            do throws(CallFailure) {
                var texts: [String: String] = [:]
                for field in try fitting.values(contact.fields, in: book) {
                    texts[field.name] = try field.hubSpot()
                }
                return .success(texts)
            } catch {
                return .failure(error)
            }
        }
    }
}

struct HubSpotBatchRead: Encodable {
    struct Input: Encodable { let id: String }
    let properties: [String]
    let inputs: [Input]
}
