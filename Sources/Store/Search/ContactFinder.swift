package import Domain

/// Finds the contacts of one page, in the list's order.
///
/// Where a filter leaves few, they are gathered from its index and sorted. Where it leaves many, the list is walked in its
/// order and each contact asked: the page is full soon. A walk ends after so many contacts also when the page is not
/// full; the next page goes on there. So no page takes long, however a million contacts lie.
struct ContactFinder {
    /// So many contacts are walked at once, and so many times for one page.
    static let slice = 8000
    private static let maxSlices = 2

    let connection: any SQLConnection
    let workspace: WorkspaceID
    let query: ContactQuery
    private let filters: [ListFilter]
    /// The filter that leaves fewest, where that is few.
    private let start: ListFilter?
    private let arguments: SQLArguments

    init(
        _ query: ContactQuery, on connection: any SQLConnection, in workspace: WorkspaceID, _ clock: SegmentClock
    ) throws {
        self.connection = connection
        self.workspace = workspace
        self.query = query
        try connection.preferIndexes()
        filters =
            try connection.filters(SearchText(query.search, number: query.number), in: workspace) + query.plainFilters
            + (query.segment.map { ListFilter.all(of: [$0], clock) } ?? [])
        var arguments: SQLArguments = ["workspace_id": workspace]
        for filter in filters { arguments.add(filter.arguments) }
        self.start = try connection.leader(of: filters, arguments)
        self.arguments = arguments
    }

    // MARK: Counting

    /// All who meet the filters, or how many of those are that could be asked in time: a walk through all would say more.
    /// - Parameter page: may know already.
    /// - Returns: nil where nobody was met so far: there may be some.
    func count(beside page: FoundContacts) throws -> ListCount? {
        if let total = page.total { return ListCount(total) }
        if let start { return try connection.count(gathered, arguments, with: found(by: start.source ?? "")) }
        if filters.isEmpty { return try connection.count("FROM contact p WHERE \(Self.listed)", arguments) }
        if let source = filters.lazy.compactMap(\.source).first { return try countSome(of: source) }
        return try countOnWalk()
    }

    /// Every filter leaves many: those whom one of them leaves first.
    private func countSome(of source: String) throws -> ListCount? {
        let met = try connection.value(
            "\(found(by: ListFilter.limited(source, as: "some"))) SELECT COUNT(*) AS people \(gathered)", arguments,
            as: Int.self)
        return .atLeast(min(met ?? 0, ListFilter.few))
    }

    /// No index finds them. In a short list all can be asked.
    private func countOnWalk() throws -> ListCount? {
        let walked = ContactWalk.Order.created
        let counted = try connection.row(
            """
            SELECT COUNT(*) AS walked, COALESCE(SUM(CASE WHEN \(filterConditions) THEN 1 ELSE 0 END), 0) AS met
            FROM (\(ContactWalk(walked).slice(Self.listed, limit: Self.slice))) p
            """, arguments)
        guard let counted else { return .zero }
        let isWhole = try counted.get("walked", as: Int.self) < Self.slice
        let met: Int = try counted.get("met")
        return isWhole ? ListCount(met) : .atLeast(min(met, ListFilter.few))
    }

    // MARK: Finding

    func find() throws -> FoundContacts {
        let limit = ListLimit.clamped(query.limit)
        if let start { return try gather(from: start, limit: limit) }
        return FoundContacts(page: try walk(limit: limit), total: nil)
    }

    private func walk(limit: Int) throws -> ListPage<ContactID> {
        switch query.order {
        case .activity:
            try ActivityWalk(
                connection: connection, conditions: conditionsOfPerson, arguments: arguments
            ).page(after: query.after, limit: limit)
        case .changed: try walk(.changed, limit: limit)
        case .created: try walk(.created, limit: limit)
        case .name: try walk(.name, limit: limit)
        }
    }

    private func walk(_ order: ContactWalk.Order, limit: Int) throws -> ListPage<ContactID> {
        let walk = ContactWalk(order)
        var position = query.after
        var found: [Found] = []
        for _ in 0..<Self.maxSlices {
            let range = try range(of: walk, after: position)
            found += try walked(walk, range, limit: limit + 1 - found.count)
            guard found.count <= limit, !filters.isEmpty,
                let end = try connection.row(walk.end(of: range.condition, slice: Self.slice), range.arguments)
            else { return page(found, limit: limit) }
            position = try Found(end).position
        }
        // Those found come first; the next page goes on where this walk ended.
        return ListPage(items: found.map(\.id), next: position)
    }

    /// In the order of the walk: nothing in between changes it.
    private func walked(_ walk: ContactWalk, _ range: Range, limit: Int) throws -> [Found] {
        let sql =
            filters.isEmpty
            ? walk.slice(range.condition, limit: limit)
            : """
            SELECT p.id, p.place FROM (\(walk.slice(range.condition, limit: Self.slice))) p
            WHERE \(filterConditions) LIMIT \(limit)
            """
        return try connection.rows(sql, range.arguments).map(Found.init)
    }

    private struct Found {
        let id: ContactID
        let position: ListPosition

        init(_ row: SQLRow) throws {
            id = try row.get("id")
            position = ListPosition(key: try row.get("place"), id: try row.get("id"))
        }
    }

    private func page(_ found: [Found], limit: Int) -> ListPage<ContactID> {
        let page = ListPage(fetched: found, limit: limit, position: \.position)
        return page.with(page.items.map(\.id))
    }

    // MARK: From an index

    /// Contacts are found by their ids first (CROSS JOIN keeps the order) and asked then: PostgreSQL would look each
    /// condition's index through again for every one of them.
    private func found(by source: String) -> String {
        """
        WITH found AS MATERIALIZED (\(source)), p AS MATERIALIZED (
            SELECT p.id, p.workspace_id, p.search_text, p.sort_name, p.language, p.created_at, p.updated_at
            FROM found f CROSS JOIN contact p WHERE p.id = f.id AND \(Self.listed)
        )
        """
    }

    private var gathered: String { "FROM p WHERE \(filterConditions)" }

    private func gather(from start: ListFilter, limit: Int) throws -> FoundContacts {
        let order = ContactWalk(gathering: query.order)
        let range = try range(of: order, after: query.after)
        let rows = try connection.rows(
            """
            \(found(by: start.source ?? ""))
            SELECT id, place, COUNT(*) OVER () AS total FROM (
                SELECT p.id, \(order.place) AS place, p.sort_name, p.updated_at \(gathered)
            ) AS p
            WHERE \(range.place)
            ORDER BY \(order.sorting)
            LIMIT :limit
            """, range.arguments.adding("limit", limit + 1))
        // All have been sorted, so they are counted as well; behind a position it is the rest of them.
        let total = try rows.first.map { try $0.get("total", as: Int.self) } ?? 0
        return FoundContacts(
            page: page(try rows.map(Found.init), limit: limit), total: query.after == nil ? total : nil)
    }

    // MARK: Conditions

    private static let listed = "p.workspace_id = :workspace_id AND p.merged_into IS NULL"

    private var filterConditions: String { filters.map(\.condition).joined(separator: " AND ") }

    private var conditionsOfPerson: String {
        ([Self.listed] + filters.map(\.condition)).joined(separator: " AND ")
    }

    private struct Range {
        let condition: String
        /// Without the workspace.
        let place: String
        let arguments: SQLArguments
    }

    /// - Throws: `conflict` when the contact whose name the page begins behind is gone: to end there would pass for the
    ///   end of the list.
    private func range(of walk: ContactWalk, after position: ListPosition?) throws -> Range {
        guard let position else { return Range(condition: Self.listed, place: "1 = 1", arguments: arguments) }
        var arguments = arguments.adding("after_id", position.id)
        if walk.order == .name {
            let name = try connection.value(
                "SELECT sort_name FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": position.id], as: String.self)
            guard let name else { throw PuenteError.placeGone }
            arguments.set("after_place", name)
        } else {
            arguments.set("after_place", position.key)
        }
        return Range(condition: "\(Self.listed) AND \(walk.behind)", place: walk.behindPlace, arguments: arguments)
    }
}

extension PuenteError {
    package static let placeGone = PuenteError(
        .conflict, detail: "place_gone",
        en: "The contact behind whom this page begins is there no more: begin the list again.",
        es: "El contacto tras el que empieza esta página ya no existe: vuelva al principio de la lista.")
}

/// A page of contacts, and how many there are in all where that was found out beside.
struct FoundContacts {
    let page: ListPage<ContactID>
    let total: Int?
}

extension SQLConnection {
    /// Pages of lists are found by indexes or not at all: statistics taken while an import ran, or none at all, must not
    /// make PostgreSQL read a million rows for one page. Until the transaction ends.
    func preferIndexes() throws {
        guard dialect == .postgres else { return }
        for way in ["seqscan", "hashjoin", "mergejoin"] { try execute("SET LOCAL enable_\(way) = off") }
    }

    fileprivate func count(_ source: String, _ arguments: SQLArguments, with found: String) throws -> ListCount {
        let counted = try value(
            "\(found) SELECT COUNT(*) AS rows FROM (SELECT 1 AS one \(source) LIMIT \(ListCount.ceiling + 1)) AS counted",
            arguments, as: Int.self)
        return ListCount(counted ?? 0)
    }
}

extension SQLArguments {
    func adding(_ name: String, _ value: any SQLConvertible) -> SQLArguments {
        var arguments = self
        arguments.set(name, value)
        return arguments
    }
}
