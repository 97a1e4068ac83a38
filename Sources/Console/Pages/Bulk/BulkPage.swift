package import Domain

/// A bulk action as pages get it.
package struct BulkFacts: Sendable {
    package enum State: Sendable { case running, done, undoing, undone }

    package var id: ChangeID
    package var title: LocalizedText
    package var actor: String
    package var at: Timestamp
    package var state: State
    package var seen: Int
    package var changed: Int
    /// Nil while they are being counted.
    package var total: Int?
    /// How many have their turn in a second, and how long it will take; nil while nobody can tell.
    package var rate: Double?
    package var left: Duration?
    package var isStoppable: Bool
    package var isStopped: Bool
    package var failure: LocalizedText?
    package var undoUntil: Timestamp
    package var isUndoable: Bool
    /// Rows to be put back, put back so far, and left since they were changed again.
    package var rows: Int
    package var undoneRows: Int
    package var keptRows: Int

    package init(
        id: ChangeID, title: LocalizedText, actor: String, at: Timestamp, state: State, seen: Int, changed: Int,
        total: Int?, rate: Double? = nil, left: Duration? = nil, isStoppable: Bool = true, isStopped: Bool = false,
        failure: LocalizedText? = nil, undoUntil: Timestamp,
        isUndoable: Bool, rows: Int, undoneRows: Int = 0, keptRows: Int = 0
    ) {
        self.id = id
        self.title = title
        self.actor = actor
        self.at = at
        self.state = state
        self.seen = seen
        self.changed = changed
        self.total = total
        self.rate = rate
        self.left = left
        self.isStoppable = isStoppable
        self.isStopped = isStopped
        self.failure = failure
        self.undoUntil = undoUntil
        self.isUndoable = isUndoable
        self.rows = rows
        self.undoneRows = undoneRows
        self.keptRows = keptRows
    }
}

/// What is being done, or was done, to many contacts.
package struct BulkPage: Page {
    package static let template = "bulk/page"

    package let title: String
    package let tabs: ContactsTabs
    package let by: String
    package let at: MomentText
    /// The list that it began from.
    package let listURL: String
    package let progress: BulkProgressView

    /// - Parameter filter: of the list that it began from; of no list: everybody.
    package init(_ facts: BulkFacts, from filter: ContactsFilter = ContactsFilter(), in context: PageContext) {
        self.title = facts.title[context.language]
        self.tabs = ContactsTabs(BulkAudience(.filter(filter, name: nil), count: CountFacts(0)).tab, in: context)
        self.listURL = filter.url()
        self.by = context.words("people.bulk.by", ["actor": facts.actor])
        self.at = MomentText.sentence(facts.at, in: context)
        self.progress = BulkProgressView(facts, in: context)
    }
}

/// How far it has come. Fetched again every second while it runs.
package struct BulkProgressView: PageFragment {
    package static let template = "bulk/progress"

    package enum Tone: Sendable { case running, done, warning }

    package let refreshURL: String
    package let isRunning: Bool
    package let tone: Tone
    package let headline: String
    package let figures: String
    /// "1,200 contacts a second, about 3 min left"; nil while nobody can tell, and when it has ended.
    package let pace: String?
    /// Of the bar; nil while nobody knows how many there are.
    package let value: String?
    package let most: String?
    package let failure: String?
    package let stopURL: String?
    package let undoURL: String?
    package let undoAsk: String

    package init(_ facts: BulkFacts, in context: PageContext) {
        let isUndo = facts.state == .undoing || facts.state == .undone
        self.refreshURL = "/fragments/bulk/\(facts.id)"
        self.isRunning = facts.state == .running || facts.state == .undoing
        self.tone = isRunning ? .running : facts.failure != nil || facts.isStopped ? .warning : .done
        self.headline = context.words("people.bulk.headline.\(Self.headline(facts))")
        self.figures = isUndo ? Self.undoFigures(facts, in: context) : Self.figures(facts, in: context)
        self.pace = facts.state == .running ? Self.pace(facts, in: context) : nil
        // One that ended before they were counted has no further to go.
        let all = isUndo ? facts.rows : facts.total ?? (isRunning ? nil : facts.seen)
        let done = isUndo ? facts.undoneRows + facts.keptRows : facts.seen
        self.value = all.map { _ in "\(done)" }
        self.most = all.map { "\(max($0, 1))" }
        self.failure = facts.failure?[context.language]
        self.stopURL = facts.state == .running && facts.isStoppable ? "/bulk/\(facts.id)/stops" : nil
        self.undoURL = facts.isUndoable && facts.rows > 0 ? "/bulk/\(facts.id)/undo" : nil
        self.undoAsk = context.words(
            "people.bulk.undoAsk", ["time": MomentText.sentence(facts.undoUntil, in: context).short])
    }

    private static func headline(_ facts: BulkFacts) -> String {
        switch facts.state {
        case .running: facts.total == nil ? "counting" : "running"
        case .done where facts.failure != nil: "failed"
        case .done where facts.isStopped: "stopped"
        case .done: "done"
        case .undoing: "undoing"
        case .undone: "undone"
        }
    }

    private static func figures(_ facts: BulkFacts, in context: PageContext) -> String {
        let number = context.formats.number
        let values = ["seen": number(facts.seen), "changed": number(facts.changed)]
        guard let total = facts.total else {
            return facts.seen == 0 ? "" : context.words("people.bulk.figuresUncounted", values)
        }
        return context.words("people.bulk.figures", values.merging(["total": number(total)]) { $1 })
    }

    private static func pace(_ facts: BulkFacts, in context: PageContext) -> String? {
        let rate = facts.rate.map {
            context.words("people.bulk.rate", ["rate": context.formats.number(max(1, Int($0)))])
        }
        let left = facts.left.map {
            context.words(
                "people.bulk.left", ["span": context.formats.span(milliseconds: max(1000, $0.wholeMilliseconds))])
        }
        let parts = [rate, left].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func undoFigures(_ facts: BulkFacts, in context: PageContext) -> String {
        let number = context.formats.number
        return context.words(
            facts.keptRows == 0 ? "people.bulk.undoFigures" : "people.bulk.undoFiguresKept",
            ["done": number(facts.undoneRows), "total": number(facts.rows), "kept": number(facts.keptRows)])
    }
}
