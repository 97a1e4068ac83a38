/// The records of one type, with the indexes that finding by a value needs. The newest are kept.
struct SObjectTable: Sendable {
    private(set) var records: RecentList<SObjectRecord>
    private(set) var log = ChangeLog()
    /// By field: value in lower case to the numbers of the records that have it.
    private var indexes: [Int: [String: [Int]]] = [:]
    /// Fields with phone numbers, and by the last seven digits the records that have one of them.
    private let phoneFields: [Int]
    private var phones: [String: [Int]] = [:]

    init(_ schema: SObjectSchema, capacity: Int) {
        records = RecentList(capacity: capacity)
        phoneFields = schema.fields.indices.filter { schema.fields[$0].kind == .phone }
        for (number, field) in schema.fields.enumerated() where field.isIndexed { indexes[number] = [:] }
    }

    subscript(number: Int) -> SObjectRecord? { records[number] }

    func isIndexed(_ field: Int) -> Bool { indexes[field] != nil }

    /// For a field that is new, so that no record has a value in it.
    mutating func addIndex(_ field: Int) { indexes[field] = [:] }

    /// Deleted records included.
    func numbers(with value: String, in field: Int) -> [Int] { indexes[field]?[value.lowercased()] ?? [] }

    /// Those that may have a phone number with these last seven digits.
    func numbers(withPhoneTail tail: String) -> [Int] { phones[tail] ?? [] }

    func phones(of record: SObjectRecord) -> [String] { phoneFields.compactMap { record[$0] } }

    @discardableResult
    mutating func insert(at now: Int64, _ fill: (inout SObjectRecord) -> Void) -> SObjectRecord {
        let now = max(now, log.latest)
        var record = SObjectRecord(number: records.numbers.upperBound, createdAt: now, modifiedAt: now)
        fill(&record)
        let (_, evicted) = records.append(record)
        if let evicted { reindex(from: evicted, to: nil) }
        reindex(from: nil, to: record)
        note(record)
        return record
    }

    @discardableResult
    mutating func update(_ number: Int, at now: Int64, _ change: (inout SObjectRecord) -> Void) -> SObjectRecord? {
        guard let old = records[number] else { return nil }
        var new = old
        change(&new)
        new.modifiedAt = max(now, log.latest)
        records[number] = new
        reindex(from: old, to: new)
        note(new)
        return new
    }

    private mutating func note(_ record: SObjectRecord) {
        log.append(record.number, at: record.modifiedAt)
        guard log.entries.count > 2 * records.count + 4096 else { return }
        let records = records
        log.compact { entry in records[entry.number]?.modifiedAt == entry.at }
    }

    private mutating func reindex(from old: SObjectRecord?, to new: SObjectRecord?) {
        guard let number = new?.number ?? old?.number else { return }
        for field in Array(indexes.keys) {  // not the keys themselves: they would hold on to all of it
            let (before, after) = (old?[field]?.lowercased(), new?[field]?.lowercased())
            if before == after { continue }
            if let before { Self.remove(number, before, &indexes[field, default: [:]]) }
            if let after { indexes[field]?[after, default: []].append(number) }
        }
        let (before, after) = (Set(old.map { tails($0) } ?? []), Set(new.map { tails($0) } ?? []))
        for tail in before.subtracting(after) { Self.remove(number, tail, &phones) }
        for tail in after.subtracting(before) { phones[tail, default: []].append(number) }
    }

    private func tails(_ record: SObjectRecord) -> [String] {
        phones(of: record).map { String($0.filter(\.isASCIIDigit).suffix(7)) }
    }

    private static func remove(_ number: Int, _ key: String, _ index: inout [String: [Int]]) {
        index[key]?.removeAll { $0 == number }
        if index[key]?.isEmpty == true { index[key] = nil }
    }
}
