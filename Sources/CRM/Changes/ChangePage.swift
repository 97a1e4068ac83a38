/// Contacts that changed, oldest change first.
package struct ChangePage: Equatable, Sendable {
    package var contacts: [RemoteContact]
    /// For the next call. Keep it after the page was recorded, not before.
    package var nextCursor: String
    /// Whether the next page is there already; else ask again after the polling interval.
    package var isMore: Bool

    package init(contacts: [RemoteContact], nextCursor: String, isMore: Bool) {
        self.contacts = contacts
        self.nextCursor = nextCursor
        self.isMore = isMore
    }
}

/// Ids of deleted contacts, in no useful order.
package struct DeletionPage: Equatable, Sendable {
    package var ids: [String]
    /// Nil after the last page.
    package var nextCursor: String?

    package init(ids: [String], nextCursor: String?) {
        self.ids = ids
        self.nextCursor = nextCursor
    }
}
