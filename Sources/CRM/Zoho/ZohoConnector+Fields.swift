package import Domain

extension ZohoConnector {
    /// The field of a record's tags.
    static let tags = "Tag"
    /// Of a query, and of a list.
    static let maxColumns = 50
    private static let maxRead = 100

    package func fields() async throws(CallFailure) -> [RemoteField] { try await readSchema().book.offered }

    /// Zoho says nowhere into which record another one was merged: losers are left out.
    package func contacts(
        remoteIDs: [String], reading fields: [String]
    ) async throws(CallFailure) -> [RemoteContact] {
        let names = try await readable(fields)
        let schema = try await schema()
        let columns = schema.read.filter { $0 != "id" } + names.filter { !schema.read.contains($0) }
        let ids = Set(remoteIDs.filter(Self.isRecordID)).sorted()
        var rows: [String: [String: ZohoCell]] = [:]
        for start in stride(from: 0, to: ids.count, by: Self.maxRead) {
            let part = ids[start..<min(start + Self.maxRead, ids.count)].joined(separator: ",")
            for first in stride(from: 0, to: columns.count, by: Self.maxColumns - 1) {
                let some = ["id"] + columns[first..<min(first + Self.maxColumns - 1, columns.count)]
                let page: ZohoPage? = try await api.get(
                    "/Contacts?ids=\(part)&fields=\(some.joined(separator: ","))&per_page=200")
                for row in page?.data ?? [] {
                    guard let id = row["id"]?.text else { continue }
                    rows[id, default: [:]].merge(row) { $1 }
                }
            }
        }
        let found = rows.values.compactMap { said($0, of: names, schema.book)?.lacking(fields, answered: names) }
            .filter { ids.contains($0.id) }.sorted { $0.id < $1.id }
        return try await people.named(found, names, in: schema.book)
    }

    /// Zoho says nothing of a field that is gone, and passes over it in writes: the next one finds what there is.
    func said(_ row: [String: ZohoCell], of names: [String], _ book: FieldBook) -> RemoteContact? {
        guard let contact = RemoteContact(zoho: row)?.lacking(names, answered: row.keys) else { return nil }
        if !contact.lacking.isEmpty { forgetSchema(book) }
        return contact.canonical(zoho: names, book)
    }

    func forgetSchema(_ book: FieldBook) {
        if book.mayBeOld() { schemas.keep(nil) }
    }

    /// More fields of contacts that were read already; of those that are gone meanwhile nothing more is known.
    func withFields(_ contacts: [RemoteContact], _ names: [String]) async throws(CallFailure) -> [RemoteContact] {
        let read = try await self.contacts(remoteIDs: contacts.map(\.id), reading: names)
        let byID = Dictionary(read.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return contacts.map { byID[$0.id] ?? $0.lacking(names, answered: []) }
    }

    /// Which of these the organisation has: Zoho refuses a query for another.
    func readable(_ names: [String]) async throws(CallFailure) -> [String] {
        names.isEmpty ? [] : try await book(for: names).readable(names)
    }

    private func book(for names: some Collection<String>) async throws(CallFailure) -> FieldBook {
        let known = try await schema().book
        return known.isStale(for: names) ? try await readSchema().book : known
    }

    /// What mappings write, in the kind of each field; for each contact, or why it cannot be written. Zoho passes over
    /// fields that it does not have, in silence: they are found here.
    func mapped(_ contacts: [ContactUpsert]) async throws(CallFailure) -> [Result<ZohoMapped, CallFailure>] {
        let names = contacts.mappedNames
        guard !names.isEmpty else { return contacts.map { _ in .success(ZohoMapped()) } }
        let book = try await book(for: names)
        let fitting = FieldFitting(vendor: "Zoho", users: try await people.directory(for: contacts, in: book))
        return contacts.map { contact in
            do throws(CallFailure) {
                var mapped = ZohoMapped()
                for field in try fitting.values(contact.fields, in: book) {
                    if field.name == Self.tags {
                        mapped.tags = field.value.words
                    } else {
                        mapped.row[field.name] = try field.zoho()
                    }
                }
                return .success(mapped)
            } catch {
                return .failure(error)
            }
        }
    }
}

/// What a mapping writes into a record.
struct ZohoMapped: Equatable, Sendable {
    var row: ZohoRow = [:]
    /// Nil leaves them alone.
    var tags: [String]?
}

extension MappedValue {
    fileprivate var words: [String] { if case .words(let words) = self { words } else { [] } }
}
