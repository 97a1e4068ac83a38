import Domain

/// Everything Zoho remembers, behind the one lock of ``Zoho``.
struct ZohoState: Sendable {
    var books: [ZohoFieldBook]
    var tables: [ZohoTable]
    var tokens = ZohoTokenBook()
    var channels = ZohoChannelBook()
    var limits = ZohoLimits()
    /// Somebody made the custom module.
    var hasMessages = false
    var lastEvent = 0
    var contactWrites = ContactWrites()
    let searchLag: Int64
    private var tagIDs: [String: Int64] = [:]

    init(_ configuration: SandboxConfiguration) {
        let books = ZohoModule.allCases.map { ZohoFieldBook(for: $0) }
        self.books = books
        tables = ZohoModule.allCases.map {
            ZohoTable(module: $0, book: books[$0.rawValue], capacity: configuration.bounds.crmRecords)
        }
        searchLag = configuration.searchIndexDelay.wholeMilliseconds
    }

    func book(_ module: ZohoModule) -> ZohoFieldBook { books[module.rawValue] }
    func table(_ module: ZohoModule) -> ZohoTable { tables[module.rawValue] }

    /// The module of that name, if the organisation has it.
    func module(_ name: String) throws(ZohoError) -> ZohoModule {
        guard let module = ZohoModule(name), module != .messages || hasMessages else { throw .invalidModule }
        return module
    }

    var modules: [ZohoModule] { ZohoModule.allCases.filter { $0 != .messages || hasMessages } }

    /// A live record of any module.
    func record(_ id: Int64) -> ZohoRecord? { ZohoModule(of: id).flatMap { table($0)[id] } }

    /// What people call a record.
    func name(of record: ZohoRecord, _ module: ZohoModule) -> String {
        ZohoColumn(module.nameField, in: book(module))?.text(of: record, book(module)) ?? ""
    }

    mutating func addFields(_ fields: [ZohoField], to module: ZohoModule) -> [Result<ZohoField, ZohoError>] {
        fields.map { field in
            do throws(ZohoError) {
                let firstID = 554_023_000_000_400_000 + Int64(module.rawValue) * 1000
                let added = try books[module.rawValue].add(field, firstID: firstID)
                // What integrations look for stands in fields of their own.
                if let number = book(module).number(of: added.name), [.text, .phone].contains(added.kind) {
                    tables[module.rawValue].index(number, isPhone: added.kind == .phone)
                }
                return .success(added)
            } catch {
                return .failure(error)
            }
        }
    }

    /// The same name has the same id.
    mutating func tag(_ name: String) -> JSON {
        let id = tagIDs[name] ?? 554_023_000_000_600_001 + Int64(tagIDs.count)
        tagIDs[name] = id
        return ["name": JSON(name), "id": JSON(String(id)), "color_code": .null]
    }

    func knownTag(_ name: String) -> JSON {
        ["name": JSON(name), "id": tagIDs[name].map { JSON(String($0)) } ?? .null, "color_code": .null]
    }
}

extension ZohoState {
    mutating func create(_ module: ZohoModule, _ draft: ZohoDraft, at now: Int64, by user: ZohoUser) -> ZohoRecord {
        for tag in draft.tags ?? [] { _ = self.tag(tag) }
        let record = tables[module.rawValue].insert(at: now, searchLag: searchLag, by: user) { draft.apply(to: &$0) }
        noteActivity(of: record, module, at: now)
        return record
    }

    mutating func update(
        _ module: ZohoModule, _ id: Int64, _ draft: ZohoDraft, at now: Int64, by user: ZohoUser
    ) -> ZohoRecord? {
        for tag in draft.tags ?? [] { _ = self.tag(tag) }
        return tables[module.rawValue].update(id, at: now, by: user) { draft.apply(to: &$0) }
    }

    /// A note is an activity of its parent, not a change of it.
    private mutating func noteActivity(of record: ZohoRecord, _ module: ZohoModule, at now: Int64) {
        guard module == .notes, let parent = parent(of: record), let owner = ZohoModule(of: parent) else { return }
        tables[owner.rawValue].touch(parent) { $0.activityAt = ZohoTime.wholeSecond(now) }
    }

    func parent(of note: ZohoRecord) -> Int64? {
        book(.notes).number(of: "Parent_Id").flatMap { note[$0] }.flatMap { Int64($0) }
    }

    func notes(of id: Int64) -> [ZohoRecord] {
        guard let field = book(.notes).number(of: "Parent_Id") else { return [] }
        return table(.notes).ids(with: String(id), in: field).compactMap { table(.notes)[$0] }
    }

    /// Into the recycle bin, with the notes that hang on it; false when it is not there.
    mutating func delete(_ module: ZohoModule, _ id: Int64, at now: Int64, by user: ZohoUser) -> Bool {
        guard let record = table(module)[id] else { return false }
        for note in module == .notes ? [] : notes(of: id) {
            _ = tables[ZohoModule.notes.rawValue].delete(note.id, named: "", at: now, by: user)
        }
        return tables[module.rawValue].delete(id, named: name(of: record, module), at: now, by: user)
    }

    /// The losers go; what the survivor lacks, or what is asked for by name, it takes from them, and all their notes.
    /// Nothing of Zoho's says afterwards into which record they went.
    mutating func merge(
        _ module: ZohoModule, into master: Int64, _ losers: [(id: Int64, fields: [String]?)], at now: Int64,
        by user: ZohoUser
    ) throws(ZohoError) -> (survivor: ZohoRecord, gone: [ZohoRecord]) {
        let book = book(module)
        var gone: [ZohoRecord] = []
        for loser in losers {
            guard loser.id != master, let record = table(module)[loser.id] else {
                throw .wrongID(String(loser.id), path: "$.merge[0].data[0].id")
            }
            gone.append(record)
        }
        guard table(module)[master] != nil else {
            throw ZohoError(
                "INVALID_DATA", "the id given seems to be invalid", details: ["resource_path_index": 1])
        }
        for loser in gone {
            for note in notes(of: loser.id) { move(note.id, to: master) }
            _ = delete(module, loser.id, at: now, by: user)
        }
        let survivor = tables[module.rawValue].update(master, at: now, by: user) { record in
            for (loser, source) in zip(losers, gone) {
                for value in source.values {
                    let number = Int(value.field)
                    let isAsked = loser.fields.map { $0.contains(book.fields[number]?.name ?? "") }
                    if isAsked ?? (record[number] == nil) { record[number] = value.text }
                }
            }
        }
        guard let survivor else { throw .wrongID(String(master), path: "$") }
        return (survivor, gone)
    }

    private mutating func move(_ note: Int64, to parent: Int64) {
        guard let field = book(.notes).number(of: "Parent_Id"), let record = table(.notes)[note] else { return }
        _ = tables[ZohoModule.notes.rawValue].update(note, at: record.modifiedAt, by: record.modifier) {
            $0[field] = String(parent)
        }
    }
}
