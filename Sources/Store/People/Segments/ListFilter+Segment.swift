import Domain

extension ListFilter {
    /// The conditions of segments on `contact p`: whoever meets all of them is in all of the segments.
    /// - Parameter now: from which days are counted.
    static func all(of segments: [SegmentConditions], now: Timestamp) -> [ListFilter] {
        var compiler = SegmentCompiler(now: now)
        let parts = segments.flatMap { compiler.compile($0) }
        return parts.map { ListFilter(condition: $0.probe, source: $0.source, arguments: compiler.arguments) }
    }
}

/// Contacts by conditions and words, in one statement: whom a bulk action is for, an export writes, a segment holds.
///
/// Where a condition finds few people by its index, the statement begins with those.
struct SelectedContacts {
    private let connection: any SQLConnection
    private let workspace: WorkspaceID
    private let filters: [ListFilter]
    private let lead: Int?

    /// - Parameters:
    ///   - search: words that must be found; empty: none.
    ///   - number: the digits of the number that they are; nil when they are none.
    ///   - now: from which days are counted.
    init(
        _ conditions: [SegmentConditions], search: String = "", number: String? = nil, on connection: any SQLConnection,
        in workspace: WorkspaceID, now: Timestamp
    ) throws {
        self.connection = connection
        self.workspace = workspace
        let words = try connection.filter(SearchText(search, number: number), in: workspace)
        filters = ListFilter.all(of: conditions, now: now) + [words].compactMap(\.self)
        lead = try Self.lead(of: filters, on: connection, in: workspace)
    }

    private static func lead(
        of filters: [ListFilter], on connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> Int? {
        var fewest = ListFilter.few + 1
        var lead: Int?
        for (index, filter) in filters.enumerated() {
            guard let source = filter.source else { continue }
            let size = try connection.size(of: source, filter.arguments.adding("workspace_id", workspace))
            if size < fewest { (fewest, lead) = (size, index) }
        }
        return lead
    }

    /// What stands behind FROM of a statement about the contacts `p`: `contact p WHERE …`.
    /// - Parameter further: conditions of the statement's own, such as where a page begins.
    func source(
        _ further: (inout SQLConditions) -> Void = { _ in }
    ) -> (sql: String, arguments: SQLArguments) {
        var list = SQLConditions(workspace: workspace, alias: "p")
        list.add("p.merged_into IS NULL")
        // CROSS JOIN keeps SQLite from beginning with the contacts all the same.
        var table = "contact p"
        if let lead, let source = filters[lead].source {
            table = "(\(source)) leader CROSS JOIN contact p"
            list.add("p.id = leader.id")
        }
        for filter in filters {
            // A source may hold some who do not meet its condition.
            list.add(filter.condition)
            for (name, value) in filter.arguments.pairs { list.set(name, value) }
        }
        further(&list)
        return ("\(table) \(list.sql)", list.arguments)
    }
}
