package import Domain

/// Which contacts a list shows, and in which order. Who was merged into another is never among them.
package struct ContactQuery: Sendable {
    package enum Order: String, CaseIterable, Sendable {
        /// The last changed first.
        case changed
        /// Whose newest message is the newest first. Who never had one is listed only where a filter leaves few, last.
        case activity
        /// By the name that is shown; those without one last.
        case name
        /// The newest first.
        case created
    }

    /// What marketing may be sent.
    package enum Consent: String, CaseIterable, Sendable {
        case granted
        /// Granted by double opt-in.
        case double
        case withdrawn
        /// Nothing was ever said.
        case unknown
    }

    /// Words of names, numbers, e-mail addresses, user names and labels; all of them must be found.
    package var search: String
    /// The digits of the number that `search` is in the reader's country, as handles are known by them; nil when it is
    /// none.
    package var number: String?
    package var label: LabelID?
    package var state: ContactState?
    package var consent: Consent?
    /// Whether messages to all their numbers could not be delivered, or not; nil: either.
    package var isUnreachable: Bool?
    /// Conditions that must be met.
    package var segment: SegmentConditions?
    package var order: Order
    /// Where the page begins; a position of the same order.
    package var after: ListPosition?
    package var limit: Int

    package init(
        search: String = "", number: String? = nil, label: LabelID? = nil, state: ContactState? = nil,
        consent: Consent? = nil, isUnreachable: Bool? = nil, segment: SegmentConditions? = nil,
        order: Order = .changed, after: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.search = search
        self.number = number
        self.label = label
        self.state = state
        self.consent = consent
        self.isUnreachable = isUnreachable
        self.segment = segment
        self.order = order
        self.after = after
        self.limit = limit
    }
}

/// One page of contacts.
package struct ContactList: Sendable {
    /// May hold fewer than asked for and still go on: a search looks through so many contacts at a time.
    package let page: ListPage<ContactSummary>
    /// How many there are on all pages; nil when it was not asked for, or nobody can tell yet.
    package let count: ListCount?
}
