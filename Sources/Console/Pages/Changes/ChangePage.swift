package import Domain

/// One change with its rows.
package struct ChangePage: Page {
    package static let template = "changes/change"

    package struct Row: Sendable {
        package let number: String
        package let sentences: [String]
        /// Whose it is; nil for what is nobody's alone.
        package let contactURL: String?
        package let contactName: String
        package let outcome: String?
    }

    /// All of its rows, or those that stayed as they are when it was undone.
    package enum Show: String, CaseIterable, Sendable { case all, kept }

    package let title: String
    package let tabs: ContactsTabs
    package let notice: OutcomeNotice?
    package let head: ChangeHead
    /// Where something stayed.
    package let views: [ChangesPage.Tab]
    package let hasViews: Bool
    package let rows: [Row]
    package let nextURL: String?

    /// - Parameters:
    ///   - names: of the contacts.
    ///   - next: where the next page begins.
    package init(
        _ change: ChangeFacts, rows: [ChangeRowFacts], names: [ContactID: PersonFacts], showing: Show = .all,
        next: String? = nil, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        self.title = change.title[context.language]
        self.tabs = ContactsTabs(.changes, in: context)
        self.notice = notice
        self.head = ChangeHead(change, in: context)
        self.rows = rows.map { Self.row($0, names: names, in: context) }
        let url = { (show: Show, after: String?) in
            QueryText.url("/changes/\(change.id)", [("show", show == .all ? nil : show.rawValue), ("after", after)])
        }
        self.views = Show.allCases.map { show in
            ChangesPage.Tab(
                label: context.words("contacts.changes.show.\(show.rawValue)"), url: url(show, nil),
                isCurrent: show == showing)
        }
        self.hasViews = change.keptRows > 0
        self.nextURL = next.map { url(showing, $0) }
    }

    private static func row(
        _ facts: ChangeRowFacts, names: [ContactID: PersonFacts], in context: PageContext
    ) -> Row {
        let person = facts.contact.flatMap { names[$0] }
        return Row(
            number: context.formats.number(facts.position),
            sentences: ChangeRowText(context: context).sentences(of: facts.facts),
            contactURL: person.map { "/contacts/\($0.id)/history" },
            contactName: person?.displayName(in: context) ?? "",
            outcome: facts.wasKept.map { context.words($0 ? "contacts.history.kept" : "contacts.history.restored") })
    }
}

/// What a change came to, and its way back. Fetched again each second while it is being put back.
package struct ChangeHead: PageFragment {
    package static let template = "changes/head"

    package let change: ChangeView
    package let isMoving: Bool
    package let refreshURL: String

    package init(_ change: ChangeFacts, in context: PageContext) {
        self.change = ChangeView(change, in: context)
        self.isMoving = change.state == .undoing || change.state == .open
        self.refreshURL = "/fragments/changes/\(change.id)"
    }
}
