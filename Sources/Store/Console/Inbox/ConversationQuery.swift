package import Domain

/// Which conversations a list shows.
package enum InboxView: String, CaseIterable, Sendable {
    /// Every open one.
    case all
    /// Open and owned by the reader.
    case mine
    /// Open and owned by the queue.
    case unassigned
    case closed
}

/// A page of the inbox, newest message first.
package struct ConversationQuery: Sendable {
    package var view: InboxView
    /// The reader; `mine` is empty without one.
    package var staff: StaffID?
    package var number: NumberID?
    package var contact: ContactID?
    /// Words of names, phones and user names; all of them must be found.
    package var search: String
    package var before: ListPosition?
    package var limit: Int

    package init(
        view: InboxView = .all, staff: StaffID? = nil, number: NumberID? = nil, contact: ContactID? = nil,
        search: String = "", before: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.view = view
        self.staff = staff
        self.number = number
        self.contact = contact
        self.search = search
        self.before = before
        self.limit = limit
    }
}

extension InboxView {
    /// On `conversation c`; the literals let the partial indexes be used.
    func add(to conditions: inout SQLConditions, staff: StaffID?) {
        switch self {
        case .all: conditions.add("c.state = 'open'")
        case .mine:
            conditions.add("c.state = 'open'")
            // No staff has the id 0: without a reader nothing is found.
            conditions.add(
                "c.owner = 'person' AND c.owner_staff_id = :staff_id", "staff_id", staff ?? StaffID(rawValue: 0))
        case .unassigned: conditions.add("c.state = 'open' AND c.owner = 'queue'")
        case .closed: conditions.add("c.state = 'closed'")
        }
    }
}
