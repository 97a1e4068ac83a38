import Domain

/// How far the changes of partners were read, in seconds: Odoo stores fractions of a second and reads out none.
///
/// Each page begins at the second of the last change seen. What one transaction wrote has one and the same time: where
/// a page is full of it, its second is walked by ids. In the end the next round begins well before the newest change,
/// since a change bears the time at which its transaction began and is seen when it ends, two minutes later at worst.
struct OdooCursor: Equatable {
    enum Place: Equatable {
        /// Changes since this second.
        case since(Int64)
        /// Changes of exactly this second, above this id.
        case within(second: Int64, id: Int64)
    }

    static let pageSize = 200
    static let overlapSeconds: Int64 = 150

    var place: Place
    /// The newest change seen, for where the next round begins.
    var newest: Int64
    /// As of ``QuietRounds``.
    private let quiet: Int

    init(from start: Timestamp) {
        let second = max(0, start.milliseconds / 1000)
        self.init(place: .since(max(0, second - Self.overlapSeconds)), newest: second)
    }

    private init(place: Place, newest: Int64, quiet: Int = 0) {
        self.place = place
        self.newest = newest
        self.quiet = quiet
    }

    var domain: [OdooValue] {
        switch place {
        case .since(let second): [["write_date", ">=", .text(OdooTime.text(seconds: second))]]
        case .within(let second, let id):
            [
                ["write_date", ">=", .text(OdooTime.text(seconds: second))],
                ["write_date", "<", .text(OdooTime.text(seconds: second + 1))], ["id", ">", .integer(id)],
            ]
        }
    }

    var order: String {
        switch place {
        case .since: "write_date asc, id asc"
        case .within: "id asc"
        }
    }

    /// Where to go on after a page.
    /// - Parameters:
    ///   - last: the second and the id of its last record; nil when it has none.
    ///   - isFull: there may be more behind it.
    func next(last: (second: Int64, id: Int64)?, isFull: Bool) -> (cursor: OdooCursor, isMore: Bool) {
        let newest = max(newest, last?.second ?? 0)
        let quiet = QuietRounds.count(
            quiet, isNews: newest > self.newest, isRepeat: !isFull && hasRead(last != nil))
        switch place {
        case .since(let floor):
            guard isFull else { return (Self.round(after: newest, quiet: quiet), false) }
            let reached = last?.second ?? floor
            let place: Place = reached > floor ? .since(reached) : .within(second: floor, id: 0)
            return (Self(place: place, newest: newest, quiet: quiet), true)
        case .within(let second, _):
            let place: Place =
                if let last, isFull { .within(second: second, id: last.id) } else { .since(second + 1) }
            return (Self(place: place, newest: newest, quiet: quiet), true)
        }
    }

    /// Something was read since the round began.
    private func hasRead(_ isPageFilled: Bool) -> Bool {
        guard case .since(let floor) = place else { return false }
        return isPageFilled || floor > Self.overlap(before: newest)
    }

    private static func overlap(before newest: Int64) -> Int64 { max(0, newest - overlapSeconds) }

    private static func round(after newest: Int64, quiet: Int) -> Self {
        let second = quiet < QuietRounds.settled ? overlap(before: newest) : newest + 1
        return Self(place: .since(second), newest: newest, quiet: quiet)
    }
}

extension OdooCursor: LosslessStringConvertible {
    var description: String {
        switch place {
        case .since(let second): "since.\(second).0.\(newest)\(QuietRounds.text(quiet))"
        case .within(let second, let id): "within.\(second).\(id).\(newest)\(QuietRounds.text(quiet))"
        }
    }

    init?(_ description: String) {
        let parts = description.split(separator: ".")
        guard [4, 5].contains(parts.count), let first = Int64(parts[1]), let second = Int64(parts[2]),
            let newest = Int64(parts[3]),
            (0..<1 << 40).contains(first), (0...Int64.max / 2).contains(second), (0..<1 << 40).contains(newest),
            let quiet = QuietRounds.count(in: parts.dropFirst(4).first)
        else { return nil }
        switch parts[0] {
        case "since": place = .since(first)
        case "within": place = .within(second: first, id: second)
        default: return nil
        }
        self.newest = newest
        self.quiet = quiet
    }
}
