import Domain

/// One day (UTC) of a table that is cut by its ids, which begin with their time.
struct DayPartition: Hashable {
    private static let milliseconds: Int64 = 86_400_000

    let table: String
    /// Days since 1970.
    let day: Int64

    init(table: String, day: Int64) {
        self.table = table
        self.day = day
    }

    init(table: String, holding moment: Timestamp) {
        self.init(table: table, day: max(0, moment.milliseconds) / Self.milliseconds)
    }

    /// Reads its own names; nil for any other table's.
    init?(name: String, of table: String) {
        guard name.hasPrefix("\(table)_day_"), let day = Int64(name.dropFirst(table.utf8.count + 5)), day >= 0,
            day < 1 << 32
        else { return nil }
        self.init(table: table, day: day)
    }

    var name: String { "\(table)_day_\(day)" }
    /// The day's ids, `lower ..< upper`.
    var lower: Int64 { IDGenerator.lowest(at: Timestamp(milliseconds: day * Self.milliseconds)) }
    var upper: Int64 { IDGenerator.lowest(at: Timestamp(milliseconds: (day + 1) * Self.milliseconds)) }
}
