/// The order in which records changed: what a question for "changed since" walks instead of all records.
///
/// Every change appends; a record's newest entry is the one that counts, the others are passed over and, when they are
/// the greater part, thrown out.
struct ChangeLog: Sendable {
    struct Entry: Sendable {
        let at: Int64
        let number: Int
    }

    private(set) var entries: [Entry] = []

    /// - Parameter at: never earlier than the entry before.
    mutating func append(_ number: Int, at: Int64) { entries.append(Entry(at: at, number: number)) }

    var latest: Int64 { entries.last?.at ?? .min }

    /// The entries from a moment on.
    func since(_ start: Int64) -> ArraySlice<Entry> {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].at < start { low = middle + 1 } else { high = middle }
        }
        return entries[low...]
    }

    mutating func compact(keeping isCurrent: (Entry) -> Bool) { entries.removeAll { !isCurrent($0) } }
}
