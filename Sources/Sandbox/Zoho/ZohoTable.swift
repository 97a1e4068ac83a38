/// The records of one module, with the indexes that finding by a value needs. Newest kept.
struct ZohoTable: Sendable {
    private static let phoneTail = 7
    private static let mostDeletions = 100_000

    let module: ZohoModule
    private(set) var records: RecentList<ZohoRecord>
    private(set) var deletions = RecentList<ZohoDeletion>(capacity: mostDeletions)
    /// By field: value (lower case) to the ids of the records that have it.
    private var indexes: [Int: [String: [Int64]]] = [:]
    /// Its keys: going through those of a dictionary while it is changed would copy it.
    private var indexedFields: [Int] = []
    /// By the last digits of any phone field.
    private var phones: [String: [Int64]] = [:]
    private var phoneFields: [Int]
    private var journal = ZohoJournal()

    init(module: ZohoModule, book: ZohoFieldBook, capacity: Int) {
        self.module = module
        records = RecentList(capacity: capacity)
        phoneFields = book.all.filter { $0.kind == .phone }.compactMap { book.number(of: $0.name) }
        indexedFields = ["Email", "Parent_Id"].compactMap { book.number(of: $0) }
        for field in indexedFields { indexes[field] = [:] }
    }

    /// A record that is there: not deleted.
    subscript(id: Int64) -> ZohoRecord? {
        records[number(of: id)].flatMap { $0.deletedAt == nil ? $0 : nil }
    }

    /// Also one that was deleted.
    func everKnown(_ id: Int64) -> ZohoRecord? { records[number(of: id)] }

    var live: some Sequence<ZohoRecord> {
        records.numbers.lazy.compactMap { records[$0] }.filter { $0.deletedAt == nil }
    }

    func isIndexed(_ field: Int) -> Bool { indexes[field] != nil }

    func ids(with value: String, in field: Int) -> [Int64] { indexes[field]?[value.lowercased()] ?? [] }

    /// Records that have a phone with the same last digits.
    func ids(withPhoneLike digits: String) -> [Int64] { phones[String(digits.suffix(Self.phoneTail))] ?? [] }

    /// Records by (second of the last change, id), each second at once; return false to end.
    func forEachSecond(from start: Int64, _ body: ([ZohoRecord]) -> Bool) {
        journal.forEachSecond(from: start) {
            self[$0]?.modifiedAt
        } _: { ids in
            body(ids.compactMap { self[$0] })
        }
    }

    /// From now on the field is found by its values; what is there is looked through once.
    mutating func index(_ field: Int, isPhone: Bool) {
        if isPhone { phoneFields.append(field) }
        var index: [String: [Int64]] = [:]
        for record in live { if let text = record[field] { index[text.lowercased(), default: []].append(record.id) } }
        if indexes.updateValue(index, forKey: field) == nil { indexedFields.append(field) }
    }

    mutating func insert(
        at now: Int64, searchLag: Int64, by user: ZohoUser, _ fill: (inout ZohoRecord) -> Void
    ) -> ZohoRecord {
        var record = ZohoRecord(
            id: module.firstID + Int64(records.numbers.upperBound), at: now, searchLag: searchLag, by: user)
        fill(&record)
        let (_, evicted) = records.append(record)
        if let evicted { reindex(from: evicted, to: nil) }
        reindex(from: nil, to: record)
        journal.note(record.id, at: record.modifiedAt)
        return record
    }

    mutating func update(
        _ id: Int64, at now: Int64, by user: ZohoUser, _ change: (inout ZohoRecord) -> Void
    ) -> ZohoRecord? {
        guard let old = self[id] else { return nil }
        var new = old
        change(&new)
        new.modifiedAt = max(ZohoTime.wholeSecond(now), old.modifiedAt)
        new.modifier = user
        records[number(of: id)] = new
        reindex(from: old, to: new)
        journal.note(id, at: new.modifiedAt)
        compactJournal()
        return new
    }

    private mutating func compactJournal() {
        let (records, firstID) = (records, module.firstID)
        journal.compact(over: records.count) { records[Int(truncatingIfNeeded: $0 &- firstID)]?.modifiedAt }
    }

    /// Changes what is no change of the record in Zoho's eyes: its time stays.
    mutating func touch(_ id: Int64, _ change: (inout ZohoRecord) -> Void) {
        _ = records.update(number(of: id)) { change(&$0) }
    }

    mutating func delete(_ id: Int64, named name: String, at now: Int64, by user: ZohoUser) -> Bool {
        guard let old = self[id] else { return false }
        reindex(from: old, to: nil)
        _ = records.update(number(of: id)) { $0.deletedAt = ZohoTime.wholeSecond(now) }
        deletions.append(
            ZohoDeletion(
                id: id, name: name, isPermanent: false, at: ZohoTime.wholeSecond(now), by: user, creator: old.creator))
        return true
    }

    /// Out of the recycle bin as well; false when it is not in there.
    mutating func purge(_ id: Int64) -> Bool {
        for number in deletions.numbers where deletions[number]?.id == id && deletions[number]?.isPermanent == false {
            _ = deletions.update(number) { $0.isPermanent = true }
            _ = records.update(self.number(of: id)) { $0.values = [] }
            return true
        }
        return false
    }

    private func number(of id: Int64) -> Int { Int(truncatingIfNeeded: id &- module.firstID) }

    private mutating func reindex(from old: ZohoRecord?, to new: ZohoRecord?) {
        guard let id = (new ?? old)?.id else { return }
        for field in indexedFields {
            let (before, after) = (old?[field]?.lowercased(), new?[field]?.lowercased())
            if before == after { continue }
            if let before { Self.remove(id, before, from: &indexes[field, default: [:]]) }
            if let after { indexes[field]?[after, default: []].append(id) }
        }
        let (before, after) = (old.map(tails) ?? [], new.map(tails) ?? [])
        for tail in before.subtracting(after) { Self.remove(id, tail, from: &phones) }
        for tail in after.subtracting(before) { phones[tail, default: []].append(id) }
    }

    private func tails(_ record: ZohoRecord) -> Set<String> {
        Set(
            phoneFields.compactMap { field in
                let digits = (record[field] ?? "").filter(\.isASCIIDigit)
                return digits.count >= Self.phoneTail ? String(digits.suffix(Self.phoneTail)) : nil
            })
    }

    private static func remove(_ id: Int64, _ key: String, from index: inout [String: [Int64]]) {
        index[key]?.removeAll { $0 == id }
        if index[key]?.isEmpty == true { index[key] = nil }
    }
}
