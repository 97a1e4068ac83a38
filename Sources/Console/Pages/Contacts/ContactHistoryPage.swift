package import Domain

/// What was changed about one person, by people, rules and programs, row by row.
package struct ContactHistoryPage: Page {
    package static let template = "contacts/history"

    package struct Item: Sendable {
        package let icon: String
        package let sentences: [String]
        package let title: String
        package let changeURL: String
        package let actor: String
        package let at: MomentText
        /// "Put back" or "Stayed as it is", once the change was undone.
        package let outcome: String?
        /// Where this one row is put back; nil for what goes back with its change only.
        package let putBackURL: String?
        /// "Put back: Name: “Ana”, before “Lucía”"
        package let putBackLabel: String
    }

    package let title: String
    package let heading: ContactHeading
    package let notice: OutcomeNotice?
    package let items: [Item]
    package let isEmpty: Bool
    package let olderURL: String?

    /// - Parameter older: where the next page begins.
    package init(
        _ rows: [ChangeRowFacts], of heading: ContactHeadingFacts, older: String? = nil,
        notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let heading = ContactHeading(heading, tab: .history, in: context)
        self.heading = heading
        self.title = context.words("contacts.history.title", ["name": heading.name])
        self.notice = notice
        // What only the system needs stands with its change.
        let told = rows.filter { !$0.facts.isEmpty }
        self.items = told.map { Self.item($0, base: heading.url, in: context) }
        self.isEmpty = told.isEmpty && older == nil
        self.olderURL = older.map { QueryText.url(heading.url + "/history", [("before", $0)]) }
    }

    private static func item(_ facts: ChangeRowFacts, base: String, in context: PageContext) -> Item {
        let sentences = ChangeRowText(context: context).sentences(of: facts.facts)
        let isBack = facts.change.state == .undone || facts.change.state == .undoing
        return Item(
            icon: facts.change.kind.icon, sentences: sentences, title: facts.change.title[context.language],
            changeURL: "/changes/\(facts.change.id)", actor: facts.change.actor,
            at: MomentText.sentence(facts.change.at, in: context),
            outcome: facts.wasKept.map { context.words($0 ? "contacts.history.kept" : "contacts.history.restored") },
            putBackURL: facts.canBePutBack && !isBack
                ? base + "/history/\(facts.change.id)/\(facts.position)/restorations" : nil,
            putBackLabel: context.words("contacts.history.putBackThis", ["what": sentences.first ?? ""]))
    }
}
