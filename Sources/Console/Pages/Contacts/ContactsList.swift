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
    /// Where it goes on when nobody was found so far: a script looks further by itself.
    package let lookURL: String?
    /// Where something is done to everybody whom all pages show.
    package let bulkURL: String
    /// Where all of them are taken as a file.
    package let exportURL: String
    /// "Next page", or "Look further" where a search has not looked through all yet.
    package let next: String
    /// Who never exchanged a message is not in this order.
    package let leavesOutSilent: Bool

    /// - Parameters:
    ///   - habits: how the company writes numbers.
    ///   - count: of all pages, up to a ceiling; more than `value` when `isMore`.
    ///   - after: where the page begins.
    ///   - next: where the next one begins.
    ///   - isCut: the page ended before it was full, and goes on.
    package init(
        _ contacts: [ContactRowFacts], filter: ContactsFilter, columns: [ContactColumn], fields: [FieldFacts],
        habits: WritingHabits, count: (value: Int, isMore: Bool)?, after: String? = nil, next: String? = nil,
        isCut: Bool = false, in context: PageContext
    ) {
        let cells = ContactCells(columns: columns, fields: fields, text: FieldText(habits), context: context)
        self.columns =
            [Self.nameColumn(filter, in: context)] + columns.map { Self.column($0, filter, fields, in: context) }
        self.rows = contacts.map { Self.row($0, cells: cells, in: context) }
        self.count = count.map { Self.sentence($0, in: context) } ?? ""
        self.isEmpty = contacts.isEmpty && next == nil && after == nil
        self.isFirst = isEmpty && filter.isEverybody
        self.query = filter.query.isEmpty ? nil : filter.query
        self.firstURL = after == nil ? nil : filter.url()
        self.nextURL = next.map { filter.url("/contacts", [("after", $0)]) }
        self.lookURL = contacts.isEmpty ? nextURL : nil
        self.bulkURL = filter.url("/bulk")
        self.exportURL = filter.url("/contacts/export")
        self.next = context.words(isCut ? "contacts.list.further" : "contacts.list.next")
        self.leavesOutSilent = filter.order == .activity && next == nil && !contacts.isEmpty
    }

    private static func row(_ facts: ContactRowFacts, cells: ContactCells, in context: PageContext) -> Row {
        Row(
            id: facts.person.id.description, url: "/contacts/\(facts.person.id)",
            name: facts.person.displayName(in: context),
            avatar: AvatarView(name: facts.person.name ?? "", seed: facts.person.id.rawValue),
            states: facts.states.map { State(text: context.words("people.states.\($0)"), icon: $0.icon) }
                + (facts.isUnreachable
                    ? [State(text: context.words("contacts.unreachable.mark"), icon: "circle-x")] : []),
            cells: cells.cells(of: facts))
    }

    private static func nameColumn(_ filter: ContactsFilter, in context: PageContext) -> Column {
        column(context.words("contacts.column.name"), .name, filter, sort: "ascending")
    }

    private static func column(
        _ column: ContactColumn, _ filter: ContactsFilter, _ fields: [FieldFacts], in context: PageContext
    ) -> Column {
        let label = column.label(fields, in: context)
        guard let order = column.order else { return Column(label: label, url: nil, sort: nil) }
        return self.column(label, order, filter, sort: "descending")
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
    let text: FieldText
    let context: PageContext

    func cells(of facts: ContactRowFacts) -> [ContactsList.Cell] {
        columns.map { column in
            var cell = ContactsList.Cell(label: column.label(fields, in: context))
            fill(&cell, column, facts)
            return cell
        }
    }

    private func fill(_ cell: inout ContactsList.Cell, _ column: ContactColumn, _ facts: ContactRowFacts) {
        switch column {
        case .phone:
            cell.text = facts.phone.map { $0.dialled(in: context.region) }
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
        case .field(let id): cell.text = value(of: id, facts)
        }
        cell.isEmpty = cell.text == nil && cell.labels.isEmpty && cell.consent == nil && cell.moment == nil
    }

    private func value(of id: FieldID, _ facts: ContactRowFacts) -> String? {
        guard let value = facts.fields[id], let field = fields.first(where: { $0.id == id }) else { return nil }
        return text.shown(value, field.kind, in: context)
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
