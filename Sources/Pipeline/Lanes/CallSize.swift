import Domain

/// How many jobs go in one call: half as many after a call that failed as a whole, twice as many after one that did not.
/// An item that makes its whole call fail is thus alone soon, and its neighbours get through.
struct CallSize: Sendable {
    private let max: Int
    private(set) var now: Int

    init(max: Int) {
        self.max = Swift.max(1, max)
        now = self.max
    }

    /// - Parameters:
    ///   - calls: as in `CallReport`.
    ///   - jobs: how many went.
    mutating func note(_ calls: [CallFailure?], of jobs: Int) {
        if calls.contains(where: { $0?.isOfDestination == true }) {
            now = Swift.max(1, min(now, jobs) / 2)
        } else if !calls.isEmpty {
            now = min(max, now * 2)
        }
    }
}
