package import Domain

/// Which entries are shown.
package struct AuditFilter: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable { case seen, changed, exported, erased, access, settings, work }

    package var contact: ContactID?
    package var actor: String?
    package var kind: Kind?
    /// `2026-11-26`, in the reader's time zone.
    package var day: String?

    package init(contact: ContactID? = nil, actor: String? = nil, kind: Kind? = nil, day: String? = nil) {
        self.contact = contact
        self.actor = actor
        self.kind = kind
        self.day = day
    }

    func url(_ path: String = "/audit", before: String? = nil) -> String {
        QueryText.url(
            path,
            [
                ("contact", contact?.description), ("actor", actor), ("kind", kind?.rawValue), ("day", day),
                ("before", before),
            ])
    }
}

/// Who saw, changed, exported and erased what: for administrators.
package struct AuditPage: Page {
    package static let template = "data-rights/audit"

    package struct Choice: Sendable {
        package let value: String
        package let label: String
        package let isChosen: Bool
    }

    package let title: String
    package let rows: [AuditRow]
    package let isEmpty: Bool
    package let isFiltered: Bool
    package let kinds: [Choice]
    package let actor: String
    package let day: String
    package let contact: String?
    /// Whose entries alone are shown.
    package let person: String?
    /// For the field of names: everybody who may act here.
    package let actors: [String]
    package let olderURL: String?
    package let fileURL: String

    /// - Parameters:
    ///   - person: the contact that the filter names, when it is still here.
    ///   - actors: names to be offered.
    ///   - older: the cursor of the next page, when there is one.
    package init(
        _ entries: [AuditFacts], filter: AuditFilter, person: PersonFacts? = nil, actors: [String] = [],
        older: String? = nil, in context: PageContext
    ) {
        let words = context.words
        self.title = words("dataRights.audit.title")
        self.rows = entries.map { AuditRow($0, in: context) }
        self.isEmpty = entries.isEmpty
        self.isFiltered = filter != AuditFilter()
        self.kinds =
            [Choice(value: "", label: words("dataRights.audit.all"), isChosen: filter.kind == nil)]
            + AuditFilter.Kind.allCases.map { kind in
                Choice(
                    value: kind.rawValue, label: words("dataRights.audit.kind.\(kind.rawValue)"),
                    isChosen: kind == filter.kind)
            }
        self.actor = filter.actor ?? ""
        self.day = filter.day ?? ""
        self.contact = filter.contact?.description
        self.person = filter.contact.map {
            person?.displayName(in: context) ?? words("dataRights.audit.gone", ["id": "\($0)"])
        }
        self.actors = actors
        self.olderURL = older.map { filter.url(before: $0) }
        self.fileURL = filter.url("/audit.csv")
    }
}
