import Domain

/// Everything HubSpot remembers, behind the one lock of ``HubSpot``.
struct HubSpotState: Sendable {
    var books: [PropertyBook]
    var tables: [ObjectTable]
    let phones: ComputedPhones
    let lag: Int64
    var lastEventID: Int64 = 3_816_279_000
    var contactWrites = ContactWrites()
    var tokens: HubSpotTokenBook

    init(_ configuration: SandboxConfiguration) {
        let books = ObjectType.allCases.map { PropertyBook(for: $0) }
        self.books = books
        tokens = HubSpotTokenBook(refreshToken: configuration.hubSpotRefreshToken)
        lag = configuration.searchIndexDelay.wholeMilliseconds
        phones = ComputedPhones(books[ObjectType.contacts.rawValue])
        tables = ObjectType.allCases.map { type in
            let indexed = Self.indexedNames.compactMap { books[type.rawValue].number(of: $0) }
            return ObjectTable(type: type, capacity: configuration.bounds.crmRecords, indexed: indexed)
        }
    }

    private static let indexedNames = [
        "email", "hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number",
    ]

    func book(_ type: ObjectType) -> PropertyBook { books[type.rawValue] }
    func table(_ type: ObjectType) -> ObjectTable { tables[type.rawValue] }

    /// A record that is there: not archived.
    func live(_ type: ObjectType, _ id: Int64) -> CRMRecord? {
        tables[type.rawValue][id].flatMap { $0.archivedAt == nil ? $0 : nil }
    }

    /// Finds a record by its id or, with `idProperty`, by a unique value.
    func find(_ type: ObjectType, _ key: String, by idProperty: String?) throws(HubSpotError) -> CRMRecord? {
        guard let idProperty, idProperty != "hs_object_id" else {
            return Int64(key).flatMap { live(type, $0) }
        }
        let property = try unique(idProperty, type)
        return table(type).ids(with: key, in: property).first.flatMap { live(type, $0) }
    }

    /// The number of a field that may identify records.
    func unique(_ name: String, _ type: ObjectType) throws(HubSpotError) -> Int {
        guard let number = book(type).number(of: name), name == "email" || book(type)[name]?.hasUniqueValue == true
        else { throw .validation("Property '\(name.prefix(120))' is not a unique property of \(type.name).") }
        return number
    }

    /// Throws when another record than `id` has a value of the draft that must be unique.
    func checkUnique(_ draft: RecordDraft, _ type: ObjectType, except id: Int64?) throws(HubSpotError) {
        for (property, text) in draft.values {
            guard let text, let definition = book(type).definitions[property],
                definition.hasUniqueValue || definition.name == "email" && type == .contacts
            else { continue }
            guard let other = table(type).ids(with: text, in: property).first(where: { $0 != id }) else { continue }
            let subject = type.singular.prefix(1).uppercased() + type.singular.dropFirst()
            throw definition.name == "email"
                ? .conflict("\(subject) already exists. Existing ID: \(other)")
                : .conflict("\(subject) \(other) already has that value of \(definition.name). Existing ID: \(other)")
        }
    }

    mutating func create(_ type: ObjectType, _ draft: RecordDraft, at now: Int64) throws(HubSpotError) -> CRMRecord {
        try checkUnique(draft, type, except: nil)
        let phones = type == .contacts ? phones : nil
        return tables[type.rawValue].insert(at: now) { record in
            record.values.reserveCapacity(draft.values.count)
            for (property, text) in draft.values { record[property] = text }
            phones?.apply(to: &record)
        }
    }

    mutating func update(
        _ type: ObjectType, _ id: Int64, _ draft: RecordDraft, at now: Int64
    ) throws(HubSpotError) -> CRMRecord {
        try checkUnique(draft, type, except: id)
        let phones = type == .contacts ? phones : nil
        let changed = tables[type.rawValue].update(id, at: now, lag: lag) { record in
            for (property, text) in draft.values { record[property] = text }
            phones?.apply(to: &record)
        }
        guard let changed else { throw .notFound }
        return changed
    }

    /// Archives a record; false when it is not there.
    mutating func archive(_ type: ObjectType, _ id: Int64, at now: Int64) -> Bool {
        guard let record = live(type, id) else { return false }
        return tables[type.rawValue].update(record.id, at: now, lag: lag) { $0.archivedAt = now } != nil
    }

    /// Joins two records into a new one under a new id; both old ids go on answering with it.
    mutating func merge(
        _ type: ObjectType, primary: Int64, other: Int64, at now: Int64
    ) throws(HubSpotError) -> (survivor: CRMRecord, moved: Int) {
        guard let first = live(type, primary), let second = live(type, other), first.id != second.id else {
            throw .missing(ids: [String(primary), String(other)], type: type.singular.uppercased())
        }
        let missing = second.values.filter { first[Int($0.property)] == nil }
        let merged = book(type).number(of: "hs_merged_object_ids")
        for id in [first.id, second.id] { _ = archive(type, id, at: now) }
        let before = merged.flatMap { first[$0] }.map { [$0] } ?? []
        let survivor = tables[type.rawValue].insert(at: now) { record in
            record.values = first.values + missing
            record.links = first.links + second.links.filter { !first.links.contains($0) }
            if let merged { record[merged] = (before + [String(first.id), String(second.id)]).joined(separator: ";") }
        }
        for id in [first.id, second.id] { tables[type.rawValue].alias(id, to: survivor.id) }
        for link in survivor.links { relink(link, from: type, [first.id, second.id], to: survivor.id) }
        return (survivor, missing.count)
    }

    private mutating func relink(_ link: CRMRecord.Link, from type: ObjectType, _ old: Set<Int64>, to new: Int64) {
        _ = tables[link.to.rawValue].link(link.id) { links in
            links = links.map { back in
                guard back.to == type, old.contains(back.id) else { return back }
                return CRMRecord.Link(to: type, id: new, typeID: back.typeID, isUserDefined: back.isUserDefined)
            }
        }
    }
}
