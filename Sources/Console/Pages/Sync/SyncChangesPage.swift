package import Domain

/// Which changes are shown.
package struct SyncChangesFilter: Equatable, Sendable {
    package var contact: ContactID?
    package var field: LocalField?
    package var kind: SyncChangeFacts.Kind?
    /// `2026-11-26`, in the reader's time zone; both days included.
    package var from: String?
    package var to: String?
    /// With the times that move with every message: they would bury the rest.
    package var showsTimes: Bool

    package init(
        contact: ContactID? = nil, field: LocalField? = nil, kind: SyncChangeFacts.Kind? = nil, from: String? = nil,
        to: String? = nil, showsTimes: Bool = false
    ) {
        self.contact = contact
        self.field = field
        self.kind = kind
        self.from = from
        self.to = to
        self.showsTimes = showsTimes
    }

    var parameters: [(String, String?)] {
        [
            ("contact", contact?.description), ("field", field?.rawValue), ("kind", kind?.rawValue), ("from", from),
            ("to", to), ("times", showsTimes ? "yes" : nil),
        ]
    }
}

/// The sync log of one connection: what went from one side to the other, and the way back.
package struct SyncChangesPage: Page {
    package static let template = "sync/changes"

    package struct Choice: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package enum Command: String, CaseIterable, Sendable { case putBack }

    package let title: String
    package let head: ConnectionHead
    package let notice: OutcomeNotice?
    package let action: String
    package let fields: [Choice]
    package let kinds: [Choice]
    package let from: String
    package let to: String
    package let showsTimes: Bool
    package let contact: String?
    /// Whose changes alone are shown.
    package let person: String?
    package let isFiltered: Bool
    /// Where one puts back everything of that person, or of those days; nil where neither is chosen.
    package let putBackURL: String?
    package let putBackLabel: String
    package let list: SyncChangesList

    /// - Parameters:
    ///   - fields: those that are mapped.
    ///   - person: of the filter's contact, where there is one.
    ///   - before: the cursor of this page; nil for the first.
    ///   - mayPutBackDays: everything of a span is for administrators.
    package init(
        _ facts: ConnectionHeadFacts, _ changes: [SyncChangeFacts], filter: SyncChangesFilter,
        fields: [LocalFieldFacts], person: PersonFacts? = nil, before: String? = nil, older: String? = nil,
        mayPutBackDays: Bool, done: Command? = nil, in context: PageContext
    ) {
        let words = context.words
        self.title = words("sync.changes.title", ["connection": facts.name])
        self.head = ConnectionHead(facts, at: .changes, in: context)
        self.notice = done.map { OutcomeNotice(.done, words("sync.done.\($0.rawValue)")) }
        self.action = facts.url("/changes")
        self.fields =
            [Choice(value: "", label: words("sync.changes.allFields"), isChosen: filter.field == nil)]
            + fields.map {
                Choice(
                    value: $0.field.rawValue, label: $0.title(in: context), isChosen: $0.field == filter.field)
            }
        self.kinds =
            [Choice(value: "", label: words("sync.changes.allKinds"), isChosen: filter.kind == nil)]
            + SyncChangeFacts.Kind.allCases.map {
                Choice(
                    value: $0.rawValue, label: words("sync.kind.\($0.rawValue)", ["connection": facts.name]),
                    isChosen: $0 == filter.kind)
            }
        self.from = filter.from ?? ""
        self.to = filter.to ?? ""
        self.showsTimes = filter.showsTimes
        self.contact = filter.contact?.description
        self.person = filter.contact.map { _ in person?.displayName(in: context) ?? words("sync.gonePerson") }
        self.isFiltered = filter != SyncChangesFilter()
        self.putBackURL = Self.putBackURL(facts, filter, mayPutBackDays: mayPutBackDays)
        self.putBackLabel = words(
            filter.contact == nil ? "sync.changes.putBackDays" : "sync.changes.putBackPerson")
        self.list = SyncChangesList(facts, changes, filter: filter, before: before, older: older, in: context)
    }

    private static func putBackURL(
        _ facts: ConnectionHeadFacts, _ filter: SyncChangesFilter, mayPutBackDays: Bool
    ) -> String? {
        if let contact = filter.contact { return facts.url("/put-backs", [("contact", contact.description)]) }
        guard mayPutBackDays, filter.from != nil || filter.to != nil else { return nil }
        return facts.url("/put-backs", [("from", filter.from), ("to", filter.to)])
    }
}

/// The changes. Fetched again on the event `sync`, except while somebody is about to put one back.
package struct SyncChangesList: PageFragment {
    package static let template = "sync/changes-list"

    package let items: [SyncChangeView]
    package let isEmpty: Bool
    package let isFiltered: Bool
    package let allURL: String
    /// The same with the times of messages; nil where they are shown.
    package let timesURL: String?
    package let olderURL: String?
    package let refreshURL: String

    package init(
        _ facts: ConnectionHeadFacts, _ changes: [SyncChangeFacts], filter: SyncChangesFilter, before: String? = nil,
        older: String? = nil, in context: PageContext
    ) {
        self.items = changes.map { SyncChangeView($0, of: facts, in: context) }
        self.isEmpty = changes.isEmpty
        self.isFiltered = filter != SyncChangesFilter()
        self.allURL = facts.url("/changes")
        var all = filter
        all.showsTimes = true
        self.timesURL = filter.showsTimes || filter.field != nil ? nil : facts.url("/changes", all.parameters)
        self.olderURL = older.map { facts.url("/changes", filter.parameters + [("before", $0)]) }
        self.refreshURL = facts.fragmentURL("/changes", filter.parameters + [("before", before)])
    }
}

/// One of them.
package struct SyncChangeView: Sendable {
    package let id: String
    package let icon: String
    package let kind: String
    package let field: String
    package let remote: String
    package let person: String
    package let contactURL: String?
    /// Only the changes of that person.
    package let personURL: String
    package let personLabel: String
    package let at: MomentText
    package let before: SyncValueText
    package let after: SyncValueText
    /// Of a conflict the two stand beside each other; of the others one follows the other.
    package let isConflict: Bool
    package let cause: String
    package let outcome: String?
    package let putBackURL: String?
    package let putBackAsk: String

    init(_ facts: SyncChangeFacts, of head: ConnectionHeadFacts, in context: PageContext) {
        let words = context.words
        self.id = facts.id.description
        self.icon = facts.kind.icon
        // What both sides came to by themselves was decided by nobody.
        let isByItself = facts.kind == .resolved && facts.cause != .staff
        self.kind = words(
            "sync.kind.\(isByItself ? "settled" : facts.kind.rawValue)", ["connection": head.name])
        self.field = facts.local.title(in: context)
        self.remote = facts.remote
        self.person = facts.person?.displayName(in: context) ?? words("sync.gonePerson")
        self.contactURL = facts.person.map { "/contacts/\($0.id)" }
        self.personURL = head.url("/changes", [("contact", facts.contact.description)])
        self.personLabel = words("sync.changes.onlyPerson", ["name": person])
        self.at = MomentText.sentence(facts.at, in: context)
        self.before = SyncValueText(facts.before, of: facts.local.field, in: context)
        self.after = SyncValueText(facts.after, of: facts.local.field, in: context)
        self.isConflict = facts.kind == .conflict
        self.cause = words("sync.cause.\(facts.cause.rawValue)", ["actor": facts.actor])
        let wasPutBack = facts.putBackAt.map { at in
            words(
                "sync.changes.wasPutBack",
                ["name": facts.putBackBy ?? "–", "when": MomentText.sentence(at, in: context).short])
        }
        self.outcome = wasPutBack ?? (facts.isOnlyTold ? words("sync.changes.onlyTold") : nil)
        self.putBackURL = facts.canBePutBack ? head.url("/put-backs") : nil
        let asked = ["field": field, "value": before.text, "name": person]
        self.putBackAsk = words(before.isBlank ? "sync.changes.askBlank" : "sync.changes.ask", asked)
    }
}

extension SyncChangeFacts.Kind {
    fileprivate var icon: String {
        switch self {
        case .taken: "file-down"
        case .given: "file-up"
        case .conflict: "triangle-alert"
        case .resolved: "check-check"
        case .putBack: "undo-2"
        }
    }
}
