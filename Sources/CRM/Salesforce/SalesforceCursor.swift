import Domain

/// How far the changes of contacts were read: behind which record, in the order of (time of change, id).
///
/// Salesforce's times have whole seconds, and an import gives thousands of records the same one: the id says where among them
/// a page ended. In the end the next round begins some time before the newest change, since a transaction that began earlier
/// may be committed later, with the time of its beginning.
struct SalesforceCursor: Equatable {
    static let pageSize = 500
    private static let overlapMilliseconds: Int64 = 120_000

    /// Milliseconds since 1970; changes of this moment count.
    let since: Int64
    /// Of the changes of exactly this moment only those behind this id; nil for all.
    let after: String?
    /// The newest change seen, for where the next round begins.
    let newest: Int64
    /// As of ``QuietRounds``.
    private let quiet: Int

    init(from start: Timestamp) {
        let milliseconds = max(0, start.milliseconds)
        self.init(since: milliseconds, after: nil, newest: milliseconds)
    }

    private init(since: Int64, after: String?, newest: Int64, quiet: Int = 0) {
        self.since = since
        self.after = after
        self.newest = newest
        self.quiet = quiet
    }

    /// Deleted and merged records are changed ones, too.
    /// - Parameter further: names of fields that are read besides.
    func query(_ schema: SalesforceSchema, _ further: [String] = []) -> String {
        let moment = SOQL.time(since - since % 1000)
        let behind = after.map { " AND (SystemModstamp > \(moment) OR Id > \(SOQL.text($0)))" } ?? ""
        return "SELECT \(SOQL.contactFields(schema, further)) FROM Contact WHERE SystemModstamp >= \(moment)\(behind) "
            + "ORDER BY SystemModstamp, Id LIMIT \(Self.pageSize)"
    }

    /// Where to go on after a page.
    /// - Parameters:
    ///   - last: the change time and id of its last record; nil when it has none.
    ///   - isFull: whether there may be more.
    func next(last: (modifiedAt: Timestamp, id: String)?, isFull: Bool) -> SalesforceCursor {
        let newest = max(newest, last?.modifiedAt.milliseconds ?? 0)
        // Something was read since the round began.
        let hasRead = last != nil || since > Self.overlap(before: self.newest)
        let quiet = QuietRounds.count(quiet, isNews: newest > self.newest, isRepeat: !isFull && hasRead)
        guard isFull, let last else {
            let since = quiet < QuietRounds.settled ? Self.overlap(before: newest) : newest + 1000
            return Self(since: since, after: nil, newest: newest, quiet: quiet)
        }
        return Self(since: last.modifiedAt.milliseconds, after: last.id, newest: newest, quiet: quiet)
    }

    private static func overlap(before newest: Int64) -> Int64 { max(0, newest - overlapMilliseconds) }
}

extension SalesforceCursor: LosslessStringConvertible {
    var description: String { "\(since).\(after ?? "-").\(newest)\(QuietRounds.text(quiet))" }

    init?(_ description: String) {
        let parts = description.split(separator: ".")
        guard [3, 4].contains(parts.count), let since = Int64(parts[0]), let newest = Int64(parts[2]),
            (0..<1 << 53).contains(since), (0..<1 << 53).contains(newest),
            parts[1] == "-" || SalesforceRecordID.isID(String(parts[1])),
            let quiet = QuietRounds.count(in: parts.dropFirst(3).first)
        else { return nil }
        self.init(since: since, after: parts[1] == "-" ? nil : String(parts[1]), newest: newest, quiet: quiet)
    }
}
