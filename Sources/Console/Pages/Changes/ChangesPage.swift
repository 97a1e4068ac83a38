package import Domain

/// What people changed about customers, and the way back.
package struct ChangesPage: Page {
    package static let template = "changes/page"

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
    }

    package enum Command: String, CaseIterable, Sendable { case undone, undoing }

    package let title: String
    package let tabs: ContactsTabs
    package let kinds: [Tab]
    package let notice: OutcomeNotice?
    package let list: ChangesList

    package init(
        _ changes: [ChangeFacts], kind: ChangeFacts.Kind?, before: String? = nil, older: String? = nil,
        notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        self.title = context.words("contacts.changes.title")
        self.tabs = ContactsTabs(.changes, in: context)
        self.kinds = ([nil] + ChangeFacts.Kind.allCases).map { other in
            Tab(
                label: context.words("contacts.changes.kind.\(other?.rawValue ?? "all")"),
                url: QueryText.url("/changes", [("kind", other?.rawValue)]), isCurrent: other == kind)
        }
        self.notice = notice
        self.list = ChangesList(changes, kind: kind, before: before, older: older, in: context)
    }

    /// After an undo was asked for.
    /// - Parameters:
    ///   - count: rows put back.
    ///   - left: rows that stayed.
    package static func outcome(
        of command: Command, count: Int, left: Int, in context: PageContext
    ) -> OutcomeNotice {
        switch command {
        case .undoing: OutcomeNotice(.done, context.words("contacts.changes.done.undoing"))
        case .undone where left == 0:
            OutcomeNotice(.done, context.words.count("contacts.changes.done.undone", count))
        case .undone:
            OutcomeNotice(
                .warning,
                context.words.count("contacts.changes.done.undone", count) + " "
                    + context.words.count("contacts.changes.done.kept", left))
        }
    }
}

/// The changes. Fetched again each second while one is being made or put back.
package struct ChangesList: PageFragment {
    package static let template = "changes/list"

    package let items: [ChangeView]
    package let isEmpty: Bool
    package let isMoving: Bool
    package let olderURL: String?
    package let refreshURL: String

    package init(
        _ changes: [ChangeFacts], kind: ChangeFacts.Kind?, before: String? = nil, older: String? = nil,
        in context: PageContext
    ) {
        self.items = changes.map { ChangeView($0, in: context) }
        self.isEmpty = changes.isEmpty
        self.isMoving = changes.contains { $0.state == .undoing || $0.state == .open }
        self.olderURL = older.map { QueryText.url("/changes", [("kind", kind?.rawValue), ("before", $0)]) }
        self.refreshURL = QueryText.url("/fragments/changes", [("kind", kind?.rawValue), ("before", before)])
    }
}

/// One change.
package struct ChangeView: Sendable {
    package let id: String
    package let icon: String
    package let title: String
    package let url: String
    /// "Ana Rivas, today at 09:12"
    package let actor: String
    package let at: MomentText
    package let rows: String
    /// "Being put back", "Put back by Ana Rivas today at 09:12"; nil for what simply is done.
    package let state: String?
    /// `waiting`, `done`, `plain`
    package let tone: String
    /// "3 rows stayed as they are: they were changed again since."
    package let kept: String?
    package let undoURL: String?
    package let undoAsk: String
    /// "Until 12 Feb"
    package let undoUntil: String
    /// While it is being put back.
    package let progress: Progress?

    package struct Progress: Sendable {
        package let value: Int
        package let most: Int
        package let text: String
    }

    package init(_ facts: ChangeFacts, in context: PageContext) {
        self.id = facts.id.description
        self.icon = facts.kind.icon
        self.title = facts.title[context.language]
        self.url = "/changes/\(facts.id)"
        self.actor = facts.actor
        self.at = MomentText.sentence(facts.at, in: context)
        self.rows = context.words.count("contacts.changes.rows", facts.rows)
        self.kept = facts.keptRows == 0 ? nil : context.words.count("contacts.changes.kept", facts.keptRows)
        self.undoURL = facts.isUndoable ? "/changes/\(facts.id)/undos" : nil
        self.undoAsk = context.words.count("contacts.changes.undoAsk", facts.rows)
        self.undoUntil = context.words(
            "contacts.changes.until", ["date": MomentText.sentence(facts.undoUntil, in: context).short])
        self.progress = facts.state == .undoing ? Self.progress(facts, in: context) : nil
        (self.state, self.tone) = Self.state(facts, in: context)
    }

    private static func state(_ facts: ChangeFacts, in context: PageContext) -> (String?, String) {
        switch facts.state {
        case .open: (context.words("contacts.changes.state.open"), "waiting")
        case .undoing: (context.words("contacts.changes.state.undoing"), "waiting")
        case .done: (facts.isUndoable ? nil : context.words("contacts.changes.state.over"), "plain")
        case .undone:
            (
                context.words(
                    "contacts.changes.state.undone",
                    [
                        "name": facts.undoneBy ?? "–",
                        "when": facts.undoneAt.map { MomentText.sentence($0, in: context).short } ?? "–",
                    ]), "done"
            )
        }
    }

    private static func progress(_ facts: ChangeFacts, in context: PageContext) -> Progress {
        let done = min(facts.undoneRows + facts.keptRows, facts.rows)
        return Progress(
            value: done, most: max(1, facts.rows),
            text: context.words(
                "contacts.changes.progress",
                ["done": context.formats.number(done), "all": context.formats.number(facts.rows)]))
    }
}
