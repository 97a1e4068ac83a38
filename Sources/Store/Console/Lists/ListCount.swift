/// How many rows a list has, counted no further than a page needs to know: counting a million rows to show "a lot" is
/// how inboxes become slow.
package struct ListCount: Hashable, Sendable {
    /// From here on the exact number is not looked for.
    package static let ceiling = 10_000

    /// At most ``ceiling``.
    package let value: Int
    /// There are `value` or more.
    package let isMore: Bool

    package init(_ counted: Int) {
        value = min(counted, Self.ceiling)
        isMore = counted > Self.ceiling
    }

    private init(value: Int, isMore: Bool) {
        self.value = value
        self.isMore = isMore
    }

    package static let zero = ListCount(0)

    /// Those that were counted, and perhaps others; nil where that says nothing.
    static func atLeast(_ value: Int) -> ListCount? {
        value == 0 ? nil : ListCount(value: value, isMore: true)
    }
}

extension SQLConnection {
    /// Counts the rows of `FROM … WHERE …`, up to the ceiling.
    func count(_ source: String, _ arguments: SQLArguments) throws -> ListCount {
        let counted = try value(
            "SELECT COUNT(*) AS rows FROM (SELECT 1 AS one \(source) LIMIT \(ListCount.ceiling + 1)) AS counted",
            arguments, as: Int.self)
        return ListCount(counted ?? 0)
    }
}
