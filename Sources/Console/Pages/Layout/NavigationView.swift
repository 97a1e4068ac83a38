/// The rail: six places with what waits in each. Fetched again on the event `counts`.
package struct NavigationView: PageFragment {
    package static let template = "layout/navigation"

    package enum Place: String, CaseIterable, Sendable {
        case inbox, contacts, ledger, deadLetters, unrouted, connections
    }

    package struct Item: Sendable {
        package let url: String
        package let label: String
        package let icon: String
        package let isCurrent: Bool
        /// Nil when nothing waits.
        package let count: String?
        /// For screen readers: "3 unread conversations".
        package let countLabel: String?
        package let isUrgent: Bool
    }

    package let items: [Item]
    /// The fragment's own address, with the place it is drawn for.
    package let refreshURL: String

    package init(current: Place?, counts: NavigationCounts, in context: PageContext) {
        self.items = Place.allCases.map { Self.item($0, isCurrent: $0 == current, counts: counts, in: context) }
        self.refreshURL = QueryText.url("/fragments/navigation", [("place", current?.rawValue)])
    }

    private static func item(
        _ place: Place, isCurrent: Bool, counts: NavigationCounts, in context: PageContext
    ) -> Item {
        let count = counts.count(of: place)
        return Item(
            url: place.path, label: context.words("navigation.\(place.rawValue)"), icon: place.icon,
            isCurrent: isCurrent, count: count == 0 ? nil : count > 99 ? "99+" : String(count),
            countLabel: count == 0 ? nil : context.words.count("navigation.count.\(place.rawValue)", count),
            isUrgent: place.isUrgent)
    }
}

/// What waits in each place, as the counters have it.
package struct NavigationCounts: Sendable {
    package var unreadConversations: Int
    package var deadLetters: Int
    package var unrouted: Int
    package var alarms: Int

    package init(unreadConversations: Int = 0, deadLetters: Int = 0, unrouted: Int = 0, alarms: Int = 0) {
        self.unreadConversations = unreadConversations
        self.deadLetters = deadLetters
        self.unrouted = unrouted
        self.alarms = alarms
    }

    fileprivate func count(of place: NavigationView.Place) -> Int {
        switch place {
        case .inbox: unreadConversations
        case .contacts, .ledger: 0
        case .deadLetters: deadLetters
        case .unrouted: unrouted
        case .connections: alarms
        }
    }
}

extension NavigationView.Place {
    package var path: String {
        switch self {
        case .inbox: "/inbox"
        case .contacts: "/contacts"
        case .ledger: "/ledger"
        case .deadLetters: "/dead-letters"
        case .unrouted: "/unrouted"
        case .connections: "/connections"
        }
    }

    fileprivate var icon: String {
        switch self {
        case .inbox: "inbox"
        case .contacts: "contact-round"
        case .ledger: "scale"
        case .deadLetters: "mail-x"
        case .unrouted: "route-off"
        case .connections: "plug"
        }
    }

    fileprivate var isUrgent: Bool {
        switch self {
        case .deadLetters, .connections: true
        case .inbox, .contacts, .ledger, .unrouted: false
        }
    }
}
