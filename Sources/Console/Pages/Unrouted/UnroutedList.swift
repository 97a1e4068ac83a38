package import Domain

/// The rows. Fetched again on the event `unrouted`.
package struct UnroutedList: PageFragment {
    package static let template = "unrouted/list"

    package struct Item: Sendable {
        package let id: String
        /// "No such number is connected"
        package let reason: String
        /// What to do about it.
        package let remedy: String
        /// Whether the remedy lies in the connections.
        package let leadsToConnections: Bool
        package let field: String?
        package let subject: String?
        package let app: String?
        package let excerpt: String
        /// The whole body as it came, as text.
        package let bodyURL: String
        package let receivedAt: MomentText
        /// "Dismissed by Ana Rivas today at 09:12"; nil while it is open.
        package let settled: String?
    }

    package let items: [Item]
    package let isEmpty: Bool
    /// Nothing is open at all, not only in this view.
    package let isAllDone: Bool
    /// What is shown can still be settled.
    package let isOpen: Bool
    package let olderURL: String?
    package let refreshURL: String

    package init(
        _ items: [UnroutedFacts], filter: UnroutedFilter, before: String? = nil, older: String? = nil,
        in context: PageContext
    ) {
        self.items = items.map { Self.item($0, in: context) }
        self.isEmpty = items.isEmpty
        self.isAllDone = items.isEmpty && filter == UnroutedFilter()
        self.isOpen = filter.state == .open
        self.olderURL = older.map { filter.url("/unrouted", [("before", $0)]) }
        self.refreshURL = filter.url("/fragments/unrouted", [("before", before)])
    }

    private static func item(_ facts: UnroutedFacts, in context: PageContext) -> Item {
        let key = "unrouted.reason.\(facts.reason.rawValue)"
        return Item(
            id: facts.id.description, reason: context.words(key + ".title"), remedy: context.words(key + ".remedy"),
            leadsToConnections: leadsToConnections(facts.reason), field: facts.field, subject: facts.subject,
            app: facts.app, excerpt: String(facts.excerpt.prefix(1000)), bodyURL: "/unrouted/\(facts.id)/body",
            receivedAt: MomentText.relative(facts.receivedAt, in: context),
            settled: facts.settled.map { settled($0, in: context) })
    }

    private static func settled(_ facts: UnroutedFacts.Settled, in context: PageContext) -> String {
        let when = MomentText.sentence(facts.at, in: context).short
        let key = "unrouted.settled.\(facts.state.rawValue)"
        guard let name = facts.by else { return context.words(key + ".plain", ["when": when]) }
        return context.words(key + ".by", ["name": name, "when": when])
    }

    private static func leadsToConnections(_ reason: UnroutedReason) -> Bool {
        switch reason {
        case .unknownNumber, .unknownAccount, .signedByAnotherApp: true
        case .invalidJSON, .notAWebhook, .malformed, .unknownField, .stoppedInterpreter: false
        }
    }
}
