/// The changes of a table in the order of their time: a poll of what changed must not look at every record.
struct OdooJournal: Sendable {
    struct Entry: Sendable {
        let at: Int64
        let id: Int64
    }

    /// Out-of-date entries stay until the journal is compacted: a record counts where its own time says so.
    private(set) var entries: [Entry] = []

    mutating func append(at time: Int64, id: Int64) {
        let entry = Entry(at: time, id: id)
        guard let last = entries.last, last.at > time else { return entries.append(entry) }
        entries.insert(entry, at: firstIndex(from: time + 1))  // a change that was undone
    }

    func isLong(for count: Int) -> Bool { entries.count > 2 * count + 1024 }

    mutating func compact(keeping isCurrent: (_ at: Int64, _ id: Int64) -> Bool) {
        entries = entries.filter { isCurrent($0.at, $0.id) }
    }

    /// Where the entries of this time or later begin.
    func firstIndex(from time: Int64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
