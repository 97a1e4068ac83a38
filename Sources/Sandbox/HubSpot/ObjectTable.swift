/// The objects of one kind, with the indexes that finding by a value needs. Newest kept.
struct ObjectTable: Sendable {
    /// What the search index still shows of a record that was changed a moment ago.
    private struct Stale {
        let record: CRMRecord
        let until: Int64
    }

    let type: ObjectType
    private(set) var records: RecentList<CRMRecord>
    /// By field: value (lower case) to the ids of the records that have it.
    private var indexes: [Int: [String: [Int64]]] = [:]
    private var aliases: [Int64: Int64] = [:]
    private var stale: [Int64: Stale] = [:]
    private var staleOrder = FIFOQueue<(id: Int64, until: Int64)>()

    init(type: ObjectType, capacity: Int, indexed: [Int]) {
        self.type = type
        records = RecentList(capacity: capacity)
        for property in indexed { indexes[property] = [:] }
    }

    var count: Int { records.count }

    /// The record of this id, also when it was merged into another; archived ones too.
    subscript(id: Int64) -> CRMRecord? { records[number(of: aliases[id] ?? id)] }

    func isIndexed(_ property: Int) -> Bool { indexes[property] != nil }

    mutating func index(_ property: Int) {
        var index: [String: [Int64]] = [:]
        for number in records.numbers {
            guard let record = records[number], let text = record[property] else { continue }
            index[text.lowercased(), default: []].append(record.id)
        }
        indexes[property] = index
    }

    /// The ids of the records that have this value now, archived ones left out.
    func ids(with value: String, in property: Int) -> [Int64] {
        (indexes[property]?[value.lowercased()] ?? []).filter { self[$0]?.archivedAt == nil }
    }

    mutating func insert(at now: Int64, _ fill: (inout CRMRecord) -> Void) -> CRMRecord {
        var record = CRMRecord(id: type.firstID + Int64(records.numbers.upperBound), createdAt: now, modifiedAt: now)
        fill(&record)
        let (_, evicted) = records.append(record)
        if let evicted { unindex(evicted) }
        reindex(from: nil, to: record)
        return record
    }

    /// Changes a record; `lag` is how long the search index goes on showing the old one.
    mutating func update(_ id: Int64, at now: Int64, lag: Int64, _ change: (inout CRMRecord) -> Void) -> CRMRecord? {
        let number = number(of: aliases[id] ?? id)
        guard let old = records[number] else { return nil }
        var new = old
        change(&new)
        new.modifiedAt = max(now, old.modifiedAt + 1)
        records[number] = new
        reindex(from: old, to: new)
        keepStale(old, now: now, lag: lag)
        return new
    }

    /// Adds links in place: neither a change of the record's values nor of its time.
    mutating func link(_ id: Int64, _ change: (inout [CRMRecord.Link]) -> Void) -> Bool {
        records.update(number(of: aliases[id] ?? id)) { change(&$0.links) } != nil
    }

    /// From now on `old` answers as `new`.
    mutating func alias(_ old: Int64, to new: Int64) { aliases[old] = new }

    /// The record as the search index shows it at `now`; nil while it does not.
    func indexed(_ record: CRMRecord, at now: Int64, lag: Int64) -> CRMRecord? {
        if let stale = stale[record.id], stale.until > now { return stale.record }
        guard record.createdAt + lag <= now, record.archivedAt == nil else { return nil }
        return record
    }

    /// Ids whose index entry is older than the record: a look-up by value must try them too.
    var staleIDs: [Int64] { Array(stale.keys) }

    private func number(of id: Int64) -> Int { Int(truncatingIfNeeded: id &- type.firstID) }

    private mutating func keepStale(_ old: CRMRecord, now: Int64, lag: Int64) {
        while let first = staleOrder.first, first.until <= now {
            _ = staleOrder.popFirst()
            if let entry = stale[first.id], entry.until <= now { stale[first.id] = nil }
        }
        // A record too new to be in the index has no older form there.
        guard lag > 0, stale[old.id] == nil, old.createdAt + lag <= now else { return }
        stale[old.id] = Stale(record: old, until: now + lag)
        staleOrder.append((old.id, now + lag))
    }

    private mutating func reindex(from old: CRMRecord?, to new: CRMRecord) {
        for property in indexes.keys {
            let (before, after) = (old?[property], new[property])
            if before == after { continue }
            if let before { remove(new.id, before, property) }
            if let after { indexes[property]?[after.lowercased(), default: []].append(new.id) }
        }
    }

    private mutating func unindex(_ record: CRMRecord) {
        for property in indexes.keys {
            if let value = record[property] { remove(record.id, value, property) }
        }
    }

    private mutating func remove(_ id: Int64, _ value: String, _ property: Int) {
        let key = value.lowercased()
        indexes[property]?[key]?.removeAll { $0 == id }
        if indexes[property]?[key]?.isEmpty == true { indexes[property]?[key] = nil }
    }
}
