package import Domain

/// How far a bulk action has come: what the change keeps in `detail`, so that a restart goes on where it was.
package struct BulkProgress: Codable, Sendable {
    package let action: BulkAction
    package let selection: ContactSelection
    /// Nobody who came later is concerned.
    let last: ContactID
    /// Everybody up to this one has had their turn.
    var after: ContactID?
    /// Contacts that have had their turn.
    package internal(set) var seen = 0
    /// Those of them of whom anything changed.
    package internal(set) var changed = 0
    /// How many will have their turn; nil until they were counted.
    package internal(set) var total: Int?
    /// A person ended it.
    package internal(set) var isStopped = false
    /// Why it ended early.
    package internal(set) var failure: LocalizedText?

    init(_ action: BulkAction, _ selection: ContactSelection, last: ContactID) {
        self.action = action
        self.selection = selection
        self.last = last
    }
}

/// A bulk action: the change that it makes, and how far it has come.
package struct BulkChange: Sendable {
    package let change: ChangeSummary
    package let progress: BulkProgress
}
