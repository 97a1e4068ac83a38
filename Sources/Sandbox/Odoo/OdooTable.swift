/// The records of one model, oldest first, with indexes and with what the transaction under way may have to undo.
/// Belongs to one ``OdooState``, behind its lock; a class, so that looking at it never copies it.
final class OdooTable {
    private enum Undo {
        case inserted(Int64)
        case changed(OdooRecord)
    }

    let model: String
    var book: OdooFieldBook
    private var records: RecentList<OdooRecord>
    /// By field: value (lower case) to the ids of the records that have it.
    private var indexes: [Int: [String: [Int64]]] = [:]
    private(set) var journal = OdooJournal()
    private var undo: [Undo] = []

    init(model: String, book: OdooFieldBook, capacity: Int, indexed: [String] = []) {
        self.model = model
        self.book = book
        records = RecentList(capacity: capacity)
        for name in indexed { if let field = book.number(of: name) { indexes[field] = [:] } }
    }

    subscript(id: Int64) -> OdooRecord? {
        guard let record = records[Int(truncatingIfNeeded: id &- 1)], !record.isGone else { return nil }
        return record
    }

    /// All ids that were given and are still kept, deleted ones among them.
    var ids: Range<Int64> { Int64(records.numbers.lowerBound + 1)..<Int64(records.numbers.upperBound + 1) }

    func isIndexed(_ field: Int) -> Bool { indexes[field] != nil }

    func ids(with key: String, in field: Int) -> [Int64] { indexes[field]?[key.lowercased()] ?? [] }

    /// Adds a field that users made; it is indexed.
    func add(_ field: OdooField) {
        book.add(field)
        if let number = book.number(of: field.name) { indexes[number] = [:] }
    }

    func insert(at now: Int64, by user: Int64, _ fill: (inout OdooRecord) -> Void) -> OdooRecord {
        var record = OdooRecord(id: Int64(records.numbers.upperBound) + 1, at: now, by: user)
        fill(&record)
        if let evicted = records.append(record).evicted { reindex(from: evicted, to: nil) }
        reindex(from: nil, to: record)
        undo.append(.inserted(record.id))
        note(record)
        return record
    }

    func replace(_ record: OdooRecord) {
        guard let old = self[record.id] else { return }
        set(record, instead: old)
        undo.append(.changed(old))
        note(record)
    }

    func remove(_ id: Int64) {
        guard let old = self[id] else { return }
        set(old.gone, instead: old)
        undo.append(.changed(old))
    }

    // MARK: - Transactions

    func commit() { undo.removeAll(keepingCapacity: true) }

    /// Ids that were given are used up, as with a sequence of PostgreSQL.
    func rollBack() {
        for step in undo.reversed() {
            switch step {
            case .inserted(let id): if let record = self[id] { set(record.gone, instead: record) }
            case .changed(let old):
                if let now = records[Int(old.id - 1)] { set(old, instead: now) }
                note(old)
            }
        }
        undo.removeAll()
    }

    private func set(_ record: OdooRecord, instead old: OdooRecord) {
        records[Int(record.id - 1)] = record
        reindex(from: old.isGone ? nil : old, to: record.isGone ? nil : record)
    }

    private func note(_ record: OdooRecord) {
        journal.append(at: record.writtenAt, id: record.id)
        guard journal.isLong(for: records.count) else { return }
        let records = records
        journal.compact { records[Int($1 - 1)]?.writtenAt == $0 }
    }

    private func reindex(from old: OdooRecord?, to new: OdooRecord?) {
        for field in indexes.keys {
            let (before, after) = (old?[field]?.indexKey, new?[field]?.indexKey)
            if before == after { continue }
            if let before, let id = old?.id { remove(id, before, field) }
            if let after, let id = new?.id { indexes[field]?[after, default: []].append(id) }
        }
    }

    private func remove(_ id: Int64, _ key: String, _ field: Int) {
        indexes[field]?[key]?.removeAll { $0 == id }
        if indexes[field]?[key]?.isEmpty == true { indexes[field]?[key] = nil }
    }
}
