/// Finds the row with the headings, which titles and empty rows may stand above.
enum HeadingRowGuess {
    private static let maxRowsAbove = 10

    /// - Parameter rows: the first ones of the file, blank ones left out.
    /// - Returns: the index of the heading row in `rows`; nil when there is none.
    static func index(in rows: [FileRow]) -> Int? {
        let candidates = rows.prefix(maxRowsAbove).enumerated()
        let known = candidates.map { (index: $0.offset, count: knownHeadings($0.element)) }
        if let best = known.max(by: { ($0.count, -$0.index) < ($1.count, -$1.index) }), best.count > 0 {
            // One word alone may be anything, unless it is the first row and says nothing else.
            if best.count > 1 || (best.index == 0 && !holdsData(rows[0])) { return best.index }
        }
        return looksUnlikeTheRest(rows) ? 0 : nil
    }

    private static func knownHeadings(_ row: FileRow) -> Int {
        holdsData(row) ? 0 : row.cells.count { HeadingDictionary.exact($0) != nil }
    }

    private static func holdsData(_ row: FileRow) -> Bool {
        row.cells.contains { [.phone, .email].contains(CellLook($0)) }
    }

    /// A first row of words above columns of numbers or addresses.
    private static func looksUnlikeTheRest(_ rows: [FileRow]) -> Bool {
        guard let first = rows.first, rows.count > 1, !holdsData(first) else { return false }
        let filled = first.cells.filter { !$0.isBlank }
        guard Set(filled).count == filled.count, filled.allSatisfy({ Double($0) == nil }) else { return false }
        let rest = rows.dropFirst()
        return first.cells.indices.contains { column in
            let looks = rest.map { CellLook($0[column]) }
            let data = looks.count { $0 == .phone || $0 == .email }
            return !first[column].isBlank && data * 2 > looks.count
        }
    }
}
