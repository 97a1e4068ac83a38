/// At most so many in any 60 seconds (the tiers of R7). Counted by the second, so that what is over is free again. What is
/// under way counts until it has ended, and from its end for 60 seconds: nobody knows when in between the other side took it.
package struct MinuteBudget: Equatable, Sendable {
    private static let seconds: Int64 = 60

    package let limit: Int
    private var spent: [(second: Int64, count: Int)] = []
    private var underWay = 0

    package init(limit: Int) {
        self.limit = limit
    }

    package func left(at now: Timestamp) -> Int {
        let start = Self.second(now) - Self.seconds
        return max(0, limit - underWay - spent.lazy.filter { $0.second > start }.reduce(0) { $0 + $1.count })
    }

    package mutating func begin(_ count: Int) { underWay += count }

    /// - Parameter count: of what was begun.
    package mutating func end(_ count: Int, at now: Timestamp) {
        underWay = max(0, underWay - count)
        spend(count, at: now)
    }

    package mutating func spend(_ count: Int, at now: Timestamp) {
        let second = Self.second(now)
        spent.removeAll { $0.second <= second - Self.seconds }
        guard count > 0 else { return }
        if spent.last?.second == second {
            spent[spent.count - 1].count += count
        } else {
            spent.append((second, count))
        }
    }

    private static func second(_ moment: Timestamp) -> Int64 { moment.milliseconds / 1000 }

    package static func == (left: MinuteBudget, right: MinuteBudget) -> Bool {
        left.limit == right.limit && left.underWay == right.underWay
            && left.spent.elementsEqual(right.spent) { $0 == $1 }
    }
}
