import Domain

extension ListFilter {
    /// The conditions of segments on `contact p`: whoever meets all of them is in all of the segments.
    static func all(of segments: [SegmentConditions], _ clock: SegmentClock) -> [ListFilter] {
        var compiler = SegmentCompiler(clock)
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
    /// The filter that leaves fewest, where that is few.
    private let lead: ListFilter?

    /// - Parameters:
    ///   - search: words that must be found; empty: none.
    ///   - number: the digits of the number that they are; nil when they are none.
    init(
        _ conditions: [SegmentConditions], search: String = "", number: String? = nil, on connection: any SQLConnection,
        in workspace: WorkspaceID, _ clock: SegmentClock
    ) throws {
        self.connection = connection
        self.workspace = workspace
        filters =
            try ListFilter.all(of: conditions, clock)
            + connection.filters(SearchText(search, number: number), isExact: true, in: workspace)
        var arguments: SQLArguments = ["workspace_id": workspace]
        for filter in filters { arguments.add(filter.arguments) }
        lead = try connection.leader(of: filters, arguments)
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
        if let source = lead?.source {
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
