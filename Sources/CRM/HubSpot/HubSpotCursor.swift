import Domain

/// How far the changes of contacts were read.
///
/// Each page begins at the last change seen, never at a count of records: a record that is edited while the pages are read
/// moves to the end of the list, and by a count the first record behind the page would be passed over unread. What changed
/// in that same millisecond is read twice. When a page full of records changed in one and the same millisecond (an import),
/// they are walked by their id. In the end the next round begins a minute before the newest change, since the index shows
/// changes late.
struct HubSpotCursor: Equatable {
    enum Place: Equatable {
        /// Changes since `floor`.
        case since(floor: Int64)
        /// Changes of exactly this millisecond, above this id.
        case within(millisecond: Int64, id: Int64)
    }

    static let pageSize = 200
    private static let overlapMilliseconds: Int64 = 60_000

    var place: Place
    /// The newest change seen, for where the next round begins.
    var newest: Int64
    /// As of ``QuietRounds``.
    private let quiet: Int

    init(from start: Timestamp) {
        let milliseconds = max(0, start.milliseconds)
        self.init(place: .since(floor: milliseconds), newest: milliseconds)
    }

    private init(place: Place, newest: Int64, quiet: Int = 0) {
        self.place = place
        self.newest = newest
        self.quiet = quiet
    }

    var search: HubSpotSearch {
        switch place {
        case .since(let floor):
            HubSpotSearch(
                filterGroups: [
                    .init(filters: [.init(propertyName: "lastmodifieddate", operator: "GTE", value: "\(floor)")])
                ],
                sorts: [.init(propertyName: "lastmodifieddate", direction: "ASCENDING")],
                properties: HubSpotContactSearch.properties, limit: Self.pageSize, after: "0")
        case .within(let millisecond, let id):
            HubSpotSearch(
                filterGroups: [
                    .init(filters: [
                        .init(propertyName: "lastmodifieddate", operator: "EQ", value: "\(millisecond)"),
                        .init(propertyName: "hs_object_id", operator: "GT", value: "\(id)"),
                    ])
                ],
                sorts: [.init(propertyName: "hs_object_id", direction: "ASCENDING")],
                properties: HubSpotContactSearch.properties, limit: Self.pageSize, after: "0")
        }
    }

    /// Where to go on after a page.
    /// - Parameters:
    ///   - last: the change time and id of its last record; nil when it has none.
    ///   - hasNext: whether HubSpot says that there is more.
    func next(last: (modifiedAt: Timestamp, id: Int64)?, hasNext: Bool) -> (cursor: HubSpotCursor, isMore: Bool) {
        let newest = max(newest, last?.modifiedAt.milliseconds ?? 0)
        let quiet = QuietRounds.count(
            quiet, isNews: newest > self.newest, isRepeat: !hasNext && hasRead(last != nil))
        switch place {
        case .since(let floor):
            guard hasNext else { return (Self.round(after: newest, quiet: quiet), false) }
            let reached = last?.modifiedAt.milliseconds ?? floor
            let place: Place = reached > floor ? .since(floor: reached) : .within(millisecond: floor, id: 0)
            return (Self(place: place, newest: newest, quiet: quiet), true)
        case .within(let millisecond, _):
            let place: Place =
                if let last, hasNext {
                    .within(millisecond: millisecond, id: last.id)
                } else {
                    .since(floor: millisecond + 1)
                }
            return (Self(place: place, newest: newest, quiet: quiet), true)
        }
    }

    /// Something was read since the round began.
    private func hasRead(_ isPageFilled: Bool) -> Bool {
        guard case .since(let floor) = place else { return false }
        return isPageFilled || floor > Self.overlap(before: newest)
    }

    private static func overlap(before newest: Int64) -> Int64 { max(0, newest - overlapMilliseconds) }

    private static func round(after newest: Int64, quiet: Int) -> Self {
        let floor = quiet < QuietRounds.settled ? overlap(before: newest) : newest + 1
        return Self(place: .since(floor: floor), newest: newest, quiet: quiet)
    }
}

extension HubSpotCursor: LosslessStringConvertible {
    var description: String {
        switch place {
        case .since(let floor): "since.\(floor).0.\(newest)\(QuietRounds.text(quiet))"
        case .within(let millisecond, let id):
            "within.\(millisecond).\(id).\(newest)\(QuietRounds.text(quiet))"
        }
    }

    init?(_ description: String) {
        let parts = description.split(separator: ".")
        guard [4, 5].contains(parts.count), let first = Int64(parts[1]), let second = Int64(parts[2]),
            let newest = Int64(parts[3]),
            (0..<1 << 53).contains(first), (0...Int64.max / 2).contains(second), (0..<1 << 53).contains(newest),
            let quiet = QuietRounds.count(in: parts.dropFirst(4).first)
        else { return nil }
        switch parts[0] {
        case "since": place = .since(floor: first)
        case "within": place = .within(millisecond: first, id: second)
        default: return nil
        }
        self.newest = newest
        self.quiet = quiet
    }
}
