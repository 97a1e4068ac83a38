/// One page of a list, in the list's order.
package struct ListPage<Element: Sendable>: Sendable {
    package let items: [Element]
    /// Where the next page begins; nil at the end of the list.
    package let next: ListPosition?

    /// - Parameters:
    ///   - fetched: one row more than the page holds, when there is one.
    ///   - position: where a row stands in the list's order.
    init(fetched: [Element], limit: Int, position: (Element) -> ListPosition) {
        items = Array(fetched.prefix(limit))
        next = fetched.count > limit ? items.last.map(position) : nil
    }

    init(items: [Element], next: ListPosition?) {
        self.items = items
        self.next = next
    }

    /// The same place in the list, other elements.
    func with<Other: Sendable>(_ items: [Other]) -> ListPage<Other> {
        ListPage<Other>(items: items, next: next)
    }
}

/// How many rows a page may hold.
package enum ListLimit {
    package static let range = 1...200
    package static let usual = 50

    static func clamped(_ limit: Int) -> Int {
        min(max(limit, range.lowerBound), range.upperBound)
    }
}
