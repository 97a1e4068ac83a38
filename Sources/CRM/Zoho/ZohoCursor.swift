import Domain

/// How far the changes of contacts were read.
///
/// Each page begins at the last change seen, never at a count of records, so that neither Zoho's limit on counting
/// (100,000) matters, nor a record that is edited while pages are read. Zoho's times are whole seconds: when a page
/// full of records changed within one (an import), they are walked by their id. In the end the next round begins a
/// minute before the newest change.
struct ZohoCursor: Equatable {
    enum Place: Equatable {
        /// Changes since `floor`, Unix seconds.
        case since(floor: Int64)
        /// Changes of exactly this second, above this id.
        case within(second: Int64, id: Int64)
    }

    static let pageSize = 200
    private static let overlapSeconds: Int64 = 60

    let place: Place
    /// The newest change seen, for where the next round begins.
    let newest: Int64
    /// As of ``QuietRounds``.
    private let quiet: Int

    init(from start: Timestamp) {
        let seconds = max(0, start.milliseconds / 1000)
        self.init(place: .since(floor: seconds), newest: seconds)
    }

    private init(place: Place, newest: Int64, quiet: Int = 0) {
        self.place = place
        self.newest = newest
        self.quiet = quiet
    }

    /// - Parameter fields: what the records are read with.
    func query(_ fields: [String]) -> String {
        let (condition, order) =
            switch place {
            case .since(let floor):
                ("Modified_Time >= '\(Timestamp(seconds: floor).zoho)'", "Modified_Time asc, id asc")
            case .within(let second, let id):
                ("(Modified_Time = '\(Timestamp(seconds: second).zoho)' and id > '\(id)')", "id asc")
            }
        let columns = fields.joined(separator: ", ")
        return "select \(columns) from Contacts where \(condition) order by \(order) limit \(Self.pageSize)"
    }

    /// Where to go on after a page.
    /// - Parameters:
    ///   - last: the change time and id of its last record; nil when it has none.
    ///   - hasNext: whether Zoho says that there is more.
    func next(last: (modifiedAt: Timestamp, id: Int64)?, hasNext: Bool) -> (cursor: ZohoCursor, isMore: Bool) {
        let reached = last.map { $0.modifiedAt.milliseconds / 1000 }
        let newest = max(newest, reached ?? 0)
        let quiet = QuietRounds.count(
            quiet, isNews: newest > self.newest, isRepeat: !hasNext && hasRead(last != nil))
        switch place {
        case .since(let floor):
            guard hasNext else { return (Self.round(after: newest, quiet: quiet), false) }
            let reached = reached ?? floor
            let place: Place = reached > floor ? .since(floor: reached) : .within(second: floor, id: 0)
            return (Self(place: place, newest: newest, quiet: quiet), true)
        case .within(let second, _):
            let place: Place =
                if let last, hasNext { .within(second: second, id: last.id) } else { .since(floor: second + 1) }
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
        let floor = quiet < QuietRounds.settled ? overlap(before: newest) : newest + 1
        return Self(place: .since(floor: floor), newest: newest, quiet: quiet)
    }
}

extension ZohoCursor: LosslessStringConvertible {
    var description: String {
        switch place {
        case .since(let floor): "since.\(floor).0.\(newest)\(QuietRounds.text(quiet))"
        case .within(let second, let id):
            "within.\(second).\(id).\(newest)\(QuietRounds.text(quiet))"
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
        case "since": place = .since(floor: first)
        case "within": place = .within(second: first, id: second)
        default: return nil
        }
        self.newest = newest
        self.quiet = quiet
    }
}
