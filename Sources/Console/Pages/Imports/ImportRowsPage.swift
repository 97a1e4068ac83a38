package import Domain
package import Store

/// The rows of a list, one verdict at a time.
package struct ImportRowsPage: Page {
    package static let template = "imports/rows"

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let count: String
        package let isCurrent: Bool
    }

    package struct Row: Sendable {
        package let number: String
        package let who: String
        package let detail: String
        package let contactURL: String?
        package let notes: [String]
        package let changes: [ImportExampleView.Change]
    }

    package let title: String
    package let tabs: ContactsTabs
    package let backURL: String
    package let views: [Tab]
    package let rows: [Row]
    package let isEmpty: Bool
    package let nextURL: String?

    package init(
        _ facts: ImportFacts, report: ImportReport, rows: [ImportRowView], showing shown: ImportVerdict, next: Int?,
        in context: PageContext
    ) {
        title = facts.fileName
        tabs = ContactsTabs(.imports, in: context)
        backURL = facts.path
        let path = facts.path + "/rows"
        views = ImportVerdict.allCases.filter { report.count($0) > 0 || $0 == shown }.map { verdict in
            Tab(
                label: context.words("imports.verdict.\(verdict.rawValue)"),
                url: QueryText.url(path, [("show", verdict.rawValue)]),
                count: context.formats.number(report.count(verdict)), isCurrent: verdict == shown)
        }
        self.rows = rows.map { Self.row($0, in: context) }
        isEmpty = rows.isEmpty
        nextURL = next.map { QueryText.url(path, [("show", shown.rawValue), ("after", String($0))]) }
    }

    private static func row(_ row: ImportRowView, in context: PageContext) -> Row {
        let phone = row.person?.phones.first.map { "+\($0)" }
        let name = row.person?.name
        let cells = row.cells.filter { !$0.isEmpty }.prefix(6).map { $0.count > 60 ? "\($0.prefix(60))…" : $0 }
        let who = name ?? phone ?? row.person?.email ?? cells.joined(separator: " | ")
        let details = row.person == nil ? [] : [name == nil ? nil : phone, row.person?.email].compactMap(\.self)
        return Row(
            number: String(row.number), who: who.isEmpty ? "–" : who,
            detail: details.filter { $0 != who }.joined(separator: " · "),
            contactURL: row.contact.map { "/contacts/\($0)" },
            notes: row.notes.map { $0.sentence[context.language] },
            changes: ImportExampleView.changes(row.changes, in: context))
    }
}
