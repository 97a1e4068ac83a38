package import Domain

/// The rows of the contacts table, and what stands around them. Fetched again as somebody types.
package struct ContactsList: PageFragment {
    package static let template = "contacts/list"

    /// What is in a cell: one of these.
    package struct Cell: Sendable {
        /// The column's, for narrow screens.
        package let label: String
        package var text: String?
        /// Beside the text: the country of a phone number, its full form.
        package var mark: String?
        package var hint: String?
        package var labels: [LabelFacts] = []
        package var consent: Consent?
        package var moment: MomentText?
        package var isEmpty = false
    }

    package struct Consent: Sendable {
        package let text: String
        package let icon: String
        /// `done`, `failed`, `plain`
        package let tone: String
    }

    package struct State: Sendable {
        package let text: String
        package let icon: String
    }

    package struct Row: Sendable {
        package let id: String
        package let url: String
        package let name: String
        package let avatar: AvatarView
        package let states: [State]
        package let cells: [Cell]
    }

    package struct Column: Sendable {
        package let label: String
        /// Where the table is sorted by it; nil where it cannot be.
        package let url: String?
        /// For `aria-sort`; nil while it is sorted by another.
        package let sort: String?
    }

    package let columns: [Column]
    package let rows: [Row]
    /// "1,204 contacts"
    package let count: String
    package let isEmpty: Bool
    /// There is nobody at all.
    package let isFirst: Bool
    package let query: String?
    package let firstURL: String?
    package let nextURL: String?
    /// Where something is done to everybody whom all pages show.
    package let bulkURL: String
    /// "Next page", or "Look further" where a search has not looked through all yet.
    package let next: String
    /// Where all of them are taken as a file.
    package let exportURL: String
    /// Who never exchanged a message is not in this order.
    package let leavesOutSilent: Bool

    /// - Parameters:
    ///   - count: of all pages, up to a ceiling; more than `value` when `isMore`.
    ///   - after: where the page begins.
    ///   - next: where the next one begins.
    ///   - isCut: the page ended before it was full, and goes on.
    package init(
        _ contacts: [ContactRowFacts], filter: ContactsFilter, columns: [ContactColumn], fields: [FieldFacts],
        count: (value: Int, isMore: Bool)?, after: String? = nil, next: String? = nil, isCut: Bool = false,
        in context: PageContext
    ) {
        let cells = ContactCells(columns: columns, fields: fields, context: context)
        self.columns = [Self.nameColumn(filter, in: context)] + columns.map { Self.column($0, filter, cells, context) }
        self.rows = contacts.map { Self.row($0, cells: cells, in: context) }
        self.count = count.map { Self.sentence($0, in: context) } ?? ""
        self.isEmpty = contacts.isEmpty && next == nil && after == nil
        self.isFirst = isEmpty && filter.isEverybody
        self.query = filter.query.isEmpty ? nil : filter.query
        self.firstURL = after == nil ? nil : filter.url()
        self.nextURL = next.map { filter.url("/contacts", [("after", $0)]) }
        self.bulkURL = filter.url("/bulk")
        self.next = context.words(isCut ? "contacts.list.further" : "contacts.list.next")
        self.leavesOutSilent = filter.order == .activity && next == nil && !contacts.isEmpty
    }

    private static func row(_ facts: ContactRowFacts, cells: ContactCells, in context: PageContext) -> Row {
        self.exportURL = filter.url("/contacts/export")
        Row(
            id: facts.person.id.description, url: "/contacts/\(facts.person.id)",
            name: facts.person.displayName(in: context),
            avatar: AvatarView(name: facts.person.name ?? "", seed: facts.person.id.rawValue),
            states: facts.states.map { State(text: context.words("contacts.state.\($0.rawValue)"), icon: $0.icon) },
            cells: cells.cells(of: facts))
    }

    private static func nameColumn(_ filter: ContactsFilter, in context: PageContext) -> Column {
        column(context.words("contacts.column.name"), .name, filter, sort: "ascending")
    }

    private static func column(
        _ column: ContactColumn, _ filter: ContactsFilter, _ cells: ContactCells, _ context: PageContext
    ) -> Column {
        guard let order = column.order else { return Column(label: cells.label(of: column), url: nil, sort: nil) }
        return self.column(cells.label(of: column), order, filter, sort: "descending")
    }

    private static func column(
        _ label: String, _ order: ContactsFilter.Order, _ filter: ContactsFilter, sort: String
    ) -> Column {
        var other = filter
        other.order = order
        return Column(label: label, url: other.url(), sort: filter.order == order ? sort : nil)
    }

    private static func sentence(_ count: (value: Int, isMore: Bool), in context: PageContext) -> String {
        count.isMore
            ? context.words("contacts.list.countMore", ["count": context.formats.number(count.value)])
            : context.words.count("contacts.list.count", count.value)
    }
}

/// What each column shows of a contact.
struct ContactCells {
    let columns: [ContactColumn]
    let fields: [FieldFacts]
    let context: PageContext

    func label(of column: ContactColumn) -> String {
        if case .field(let id) = column { return fields.first { $0.id == id }?.name ?? "" }
        return context.words("contacts.column.\(column)")
    }

    func cells(of facts: ContactRowFacts) -> [ContactsList.Cell] {
        columns.map { column in
            var cell = ContactsList.Cell(label: label(of: column))
            fill(&cell, column, facts)
            return cell
        }
    }

    private func fill(_ cell: inout ContactsList.Cell, _ column: ContactColumn, _ facts: ContactRowFacts) {
        switch column {
        case .phone:
            cell.text = facts.phone?.local
            cell.mark = facts.phone?.region
            cell.hint = facts.phone.map { phone in
                [phone.country?[context.language], phone.international].compactMap(\.self).joined(separator: ", ")
            }
        case .email: cell.text = facts.email
        case .username: cell.text = facts.person.username.map { "@" + $0 }
        case .labels: cell.labels = facts.labels
        case .language: cell.text = facts.language.map { LanguageName.of($0, in: context) }
        case .consent: cell.consent = ContactsList.Consent(facts.consent, in: context)
        case .activity: cell.moment = facts.lastActivityAt.map { MomentText.relative($0, in: context) }
        case .created: cell.moment = MomentText.relative(facts.createdAt, in: context)
        case .changed: cell.moment = MomentText.relative(facts.updatedAt, in: context)
        case .field(let id): cell.text = facts.fields[id]
        }
        cell.isEmpty = cell.text == nil && cell.labels.isEmpty && cell.consent == nil && cell.moment == nil
    }
}

extension ContactsList.Consent {
    init(_ consent: MarketingConsent, in context: PageContext) {
        text = context.words("contacts.consent.\(consent.rawValue)")
        switch consent {
        case .granted: (icon, tone) = ("check", "done")
        case .double: (icon, tone) = ("badge-check", "done")
        case .withdrawn: (icon, tone) = ("ban", "failed")
        case .unknown: (icon, tone) = ("minus", "plain")
        }
    }
}

/// Languages in which customers are written to.
enum LanguageName {
    /// Those that a form offers.
    static let offered = ["es", "en", "pt_BR", "pt_PT", "zh_TW", "zh_CN", "fr", "de", "it", "hi"]

    /// The code itself where we have no word for it.
    static func of(_ code: String, in context: PageContext) -> String {
        context.words.optional("contacts.language.\(code)") ?? code
    }
}
