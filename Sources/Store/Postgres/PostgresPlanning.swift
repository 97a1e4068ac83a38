/// How the server chooses its way to the rows.
enum PostgresPlanning {
    /// As it likes, by its statistics: for reports and lists, whose questions vary.
    case byStatistics
    /// By an index wherever there is one. Queues have the index that each of their statements needs, and are either
    /// empty or growing: statistics taken at the wrong moment would make each claim read and sort the whole backlog.
    case byIndex

    init(_ pool: SQLPool) {
        switch pool {
        case .intake, .work: self = .byIndex
        case .console: self = .byStatistics
        }
    }

    /// Of the settings that allow other ways.
    var otherWays: String {
        switch self {
        case .byStatistics: "on"
        case .byIndex: "off"
        }
    }
}
