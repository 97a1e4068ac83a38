/// Which record was changed when, oldest first: what makes "changed since" cheap among a hundred thousand records.
/// Entries that a later change overtook stay until there are too many of them.
struct ZohoJournal: Sendable {
    private struct Entry: Sendable {
        let at: Int64
        let id: Int64
    }

    private var entries: [Entry] = []

    mutating func note(_ id: Int64, at: Int64) { entries.append(Entry(at: at, id: id)) }

    /// - Parameter modifiedAt: when a record was changed last; nil when it is gone.
    mutating func compact(over limit: Int, modifiedAt: (Int64) -> Int64?) {
        guard entries.count > 2 * limit + 10_000 else { return }
        entries.removeAll { modifiedAt($0.id) != $0.at }
    }

    /// Ids in the order of (second of the change, id), from a second on. Each group is one second; return false to end.
    func forEachSecond(from start: Int64, modifiedAt: (Int64) -> Int64?, _ body: ([Int64]) -> Bool) {
        var index = position(of: start)
        while index < entries.count {
            let second = entries[index].at
            var ids: [Int64] = []
            while index < entries.count, entries[index].at == second {
                if modifiedAt(entries[index].id) == second { ids.append(entries[index].id) }
                index += 1
            }
            if !ids.isEmpty, !body(Array(Set(ids)).sorted()) { return }
        }
    }

    /// The first entry of this moment or later.
    private func position(of start: Int64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at < start { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
