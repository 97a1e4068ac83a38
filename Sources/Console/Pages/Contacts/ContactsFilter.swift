package import Domain

/// Which contacts a page shows, as its address says it.
package struct ContactsFilter: Equatable, Sendable {
    package enum Reach: String, CaseIterable, Sendable { case reachable, unreachable }

    package enum Order: String, CaseIterable, Sendable { case changed, activity, name, created }

    package var query: String
    package var label: LabelID?
    package var state: ContactState?
    package var consent: MarketingConsent?
    package var reach: Reach?
    package var segment: SegmentID?
    package var order: Order

    package init(
        query: String = "", label: LabelID? = nil, state: ContactState? = nil, consent: MarketingConsent? = nil,
        reach: Reach? = nil, segment: SegmentID? = nil, order: Order = .changed
    ) {
        self.query = query
        self.label = label
        self.state = state
        self.consent = consent
        self.reach = reach
        self.segment = segment
        self.order = order
    }

    /// Everybody, whatever their order.
    package var isEverybody: Bool {
        var other = self
        other.order = .changed
        return other == ContactsFilter()
    }

    /// As an address and a form say it; what is not asked for is nil.
    var parameters: [(name: String, value: String?)] {
        [
            ("q", query), ("label", label?.description), ("state", state?.rawValue), ("consent", consent?.rawValue),
            ("reach", reach?.rawValue), ("segment", segment?.description),
        ]
    }

    package func url(_ path: String = "/contacts", _ extra: [(String, String?)] = []) -> String {
        let order: [(String, String?)] = [("order", order == .changed ? nil : order.rawValue)]
        return QueryText.url(path, parameters.map { ($0.name, $0.value) } + order + extra)
    }
}
