package import Domain

/// What every page about one connection says first.
package struct ConnectionHeadFacts: Sendable {
    package var id: ConnectionID
    /// In the configuration, and in addresses.
    package var slug: String
    /// As people know it: "HubSpot".
    package var name: String
    /// Fields that wait for a person.
    package var conflicts: Int
    /// Not in the configuration any more: nothing is read from it.
    package var isDisabled: Bool

    package init(id: ConnectionID, slug: String, name: String, conflicts: Int, isDisabled: Bool = false) {
        self.id = id
        self.slug = slug
        self.name = name
        self.conflicts = conflicts
        self.isDisabled = isDisabled
    }

    /// - Parameter page: below the connection's own.
    func url(_ page: String = "", _ parameters: [(String, String?)] = []) -> String {
        QueryText.url("/connections/\(QueryText.encode(slug))\(page)", parameters)
    }

    func fragmentURL(_ page: String = "", _ parameters: [(String, String?)] = []) -> String {
        "/fragments" + url(page, parameters)
    }
}

/// The way back to all connections, and the pages of this one.
package struct ConnectionHead: Sendable {
    package enum Place: String, CaseIterable, Sendable {
        case overview, mapping, changes, conflicts, errors, backfill
    }

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
        package let count: String?
        /// Others would be refused there.
        package let isForAdmins: Bool
    }

    package let name: String
    package let label: String
    package let items: [Tab]

    init(_ facts: ConnectionHeadFacts, at place: Place, in context: PageContext) {
        self.name = facts.name
        self.label = context.words("sync.pages", ["connection": facts.name])
        self.items = Place.allCases.filter { $0 != .backfill || !facts.isDisabled }.map { other in
            let count = other == .conflicts && facts.conflicts > 0 ? context.formats.number(facts.conflicts) : nil
            return Tab(
                label: context.words("sync.page.\(other.rawValue)"), url: Self.url(of: other, facts),
                isCurrent: other == place, count: count, isForAdmins: other == .mapping)
        }
    }

    private static func url(of place: Place, _ facts: ConnectionHeadFacts) -> String {
        switch place {
        case .overview: facts.url()
        case .mapping: facts.url("/mapping")
        case .changes: facts.url("/changes")
        case .conflicts: facts.url("/conflicts")
        case .errors: DeadLetterFilter(connection: facts.id).url()
        case .backfill: facts.url("/backfill")
        }
    }
}
