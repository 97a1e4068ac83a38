package import Domain

extension OdooConnector {
    private static let maxRead = 200

    package func fields() async throws(CallFailure) -> [RemoteField] {
        api.memory.learn { $0.partnerBook = nil }
        return try await partnerBook().offered
    }

    /// Odoo keeps no trace of a merge on the record: losers are left out, as are archived partners.
    package func contacts(
        remoteIDs: [String], reading fields: [String]
    ) async throws(CallFailure) -> [RemoteContact] {
        let names = try await readable(fields)
        let ids = Set(remoteIDs.compactMap(Self.recordID)).sorted()
        var found: [RemoteContact] = []
        for start in stride(from: 0, to: ids.count, by: Self.maxRead) {
            let part = ids[start..<min(start + Self.maxRead, ids.count)]
            let page = try await partners([["id", "in", .ids(part)]], limit: Self.maxRead, reading: names)
            found += try await contacts(of: page, reading: names)
        }
        return found.filter { !$0.isDeleted }.map { $0.lacking(fields, answered: names) }
    }

    /// - Parameter names: that were read, and are there.
    func contacts(
        of partners: [OdooPartner], reading names: [String]
    ) async throws(CallFailure) -> [RemoteContact] {
        guard !names.isEmpty else { return partners.compactMap(\.contact) }
        let book = try await partnerBook()
        let described = names.compactMap { book[$0] }
        let tags = described.contains { $0.field.shape == .set } ? try await OdooTags(api: api).names() : [:]
        let found = partners.compactMap { partner in
            partner.contact?.with(
                Dictionary(
                    described.map { field in
                        (field.name, partner.values[field.name].flatMap { field.canonical(odoo: $0, tags: tags) })
                    }, uniquingKeysWith: { first, _ in first }))
        }
        return try await people.named(found, names, in: book)
    }

    /// Which of these this Odoo has: asking for another is an error there.
    func readable(_ names: [String]) async throws(CallFailure) -> [String] {
        names.isEmpty ? [] : try await partnerBook(for: names).readable(names)
    }

    func partnerBook(for names: [String] = []) async throws(CallFailure) -> FieldBook {
        if let known = api.memory.known.partnerBook, names.isEmpty || !known.isStale(for: names) { return known }
        let call = OdooCall(
            model: "res.partner", method: "fields_get", named: ["attributes": .texts(OdooFieldDescription.asked)],
            effect: .read)
        let answer: [String: OdooValue] = try await api.call(call)
        let book = FieldBook(answer.map { OdooFieldDescription(name: $0.key, attributes: $0.value).described })
        api.memory.learn { $0.partnerBook = book }
        return book
    }

    /// What mappings write, as cells of `load`; for each contact, or why it cannot be written.
    func mapped(
        _ contacts: [ContactUpsert]
    ) async throws(CallFailure) -> [Result<[OdooCell], CallFailure>] {
        let names = contacts.mappedNames
        guard !names.isEmpty else { return contacts.map { _ in .success([]) } }
        let book = try await partnerBook(for: names.sorted())
        let fitting = FieldFitting(vendor: "Odoo", users: try await people.directory(for: contacts, in: book))
        let fitted = contacts.map { contact in
            Self.fitted(contact, fitting, book)
        }
        let words = fitted.flatMap { (try? $0.get()) ?? [] }.flatMap(\.value.words)  // a failure has none
        let tags: Result<[String: Int64], CallFailure>
        do throws(CallFailure) {
            tags = .success(try await OdooTags(api: api).ids(of: words))
        } catch {
            guard error.kind == .permanent || error.kind == .accountWide else { throw error }
            tags = .failure(error)
        }
        return fitted.map { Self.cells(of: $0, tags) }
    }

    private static func fitted(
        _ contact: ContactUpsert, _ fitting: FieldFitting, _ book: FieldBook
    ) -> Result<[MappedField], CallFailure> {
        do throws(CallFailure) {
            return .success(try fitting.values(contact.fields, in: book))
        } catch {
            return .failure(error)
        }
    }

    /// Where tags cannot be made, that is the trouble of those who were to get some.
    private static func cells(
        of fields: Result<[MappedField], CallFailure>, _ tags: Result<[String: Int64], CallFailure>
    ) -> Result<[OdooCell], CallFailure> {
        do throws(CallFailure) {
            var cells: [OdooCell] = []
            for field in try fields.get() {
                cells.append(try field.odoo(tags: field.value.words.isEmpty ? [:] : tags.get()))
            }
            return .success(cells)
        } catch {
            return .failure(error)
        }
    }
}

extension MappedValue {
    fileprivate var words: [String] { if case .words(let words) = self { words } else { [] } }
}
