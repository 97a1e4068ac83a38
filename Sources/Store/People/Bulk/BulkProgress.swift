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
    /// How many will have their turn; nil until they were counted, which few never are.
    package internal(set) var total: Int?
    /// How many have their turn in a second; nil before the second slice.
    package private(set) var rate: Double?
    /// When the last slice ended.
    private var slicedAt: Timestamp?
    /// A person ended it.
    package internal(set) var isStopped = false
    /// Why it ended early.
    package internal(set) var failure: LocalizedText?

    init(_ action: BulkAction, _ selection: ContactSelection, last: ContactID) {
        self.action = action
        self.selection = selection
        self.last = last
    }

    /// Whether it may be ended where it is.
    package var isStoppable: Bool {
        if case .renameChoice = action { return false }
        return true
    }

    /// How long it will take; nil while nobody can tell.
    package var left: Duration? {
        guard let total, let rate, rate > 0 else { return nil }
        return .seconds(Double(max(0, total - seen)) / rate)
    }

    /// Takes note of one more slice.
    mutating func ended(_ contacts: Int, at now: Timestamp) {
        let taken = slicedAt.map { now - $0 }
        slicedAt = now
        // After a longer pause, such as a restart, the time says nothing about the work.
        guard let taken, taken > .zero, taken < .seconds(30), contacts > 0 else { return }
        let newest = Double(contacts) * 1000 / Double(taken.wholeMilliseconds)
        rate = rate.map { $0 * 0.8 + newest * 0.2 } ?? newest
    }
}

/// A bulk action: the change that it makes, and how far it has come.
package struct BulkChange: Sendable {
    package let change: ChangeSummary
    package let progress: BulkProgress
}
