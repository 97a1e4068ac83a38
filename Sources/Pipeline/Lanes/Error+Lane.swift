import Store

extension Error {
    /// The lane is another's, or the database cannot be written at all now: no single outcome is at fault.
    var isOfLane: Bool {
        switch self {
        case is LaneLost: true
        case let error as SQLError: error.isOfTheDatabase
        default: false
        }
    }
}
