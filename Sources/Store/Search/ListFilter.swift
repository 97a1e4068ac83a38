import Domain

/// One condition of a list of contacts, on `contact p`.
struct ListFilter {
    /// From so many contacts on, those that meet a condition are not gathered but met on a walk through the list.
    static let few = 5000

    let condition: String
    /// A SELECT of the ids of all contacts that may meet the condition, named `id`, each once and from an index; it may
    /// stop behind ``few`` of them. Nil where no index finds them.
    let source: String?
    /// For both.
    let arguments: SQLArguments

    /// - Parameter source: with at most so many rows.
    static func limited(_ source: String, as name: String) -> String {
        "SELECT id FROM (\(source) LIMIT \(few + 1)) AS \(name)"
    }
}

extension ContactQuery {
    /// Everything but the search.
    var plainFilters: [ListFilter] {
        [
            label.map(Self.filter), state.map(Self.filter), consent.map(Self.filter),
            isUnreachable.map(Self.filter(isUnreachable:)),
        ].compactMap(\.self)
    }

    private static func filter(_ label: LabelID) -> ListFilter {
        ListFilter(
            condition: """
                EXISTS (
                    SELECT 1 FROM contact_label cl
                    WHERE cl.workspace_id = :workspace_id AND cl.contact_id = p.id AND cl.label_id = :label_id
                )
                """,
            source: """
                SELECT contact_id AS id FROM contact_label
                WHERE workspace_id = :workspace_id AND label_id = :label_id
                """, arguments: ["label_id": label])
    }

    private static func filter(_ state: ContactState) -> ListFilter {
        ListFilter(
            condition: """
                EXISTS (
                    SELECT 1 FROM contact_state cs
                    WHERE cs.workspace_id = :workspace_id AND cs.contact_id = p.id AND cs.state = :state
                )
                """,
            source: "SELECT contact_id AS id FROM contact_state WHERE workspace_id = :workspace_id AND state = :state",
            arguments: ["state": state])
    }

    private static func filter(isUnreachable: Bool) -> ListFilter {
        ListFilter(
            condition: isUnreachable ? UnreachableNumber.isEverywhere : "NOT \(UnreachableNumber.isEverywhere)",
            source: isUnreachable ? UnreachableNumber.source : nil, arguments: [:])
    }

    private static func filter(_ consent: Consent) -> ListFilter {
        let standing =
            switch consent {
            case .granted: "standing = 'granted'"
            case .double: "standing = 'granted' AND is_double = 1"
            case .withdrawn: "standing = 'withdrawn'"
            case .unknown: "standing IS NOT NULL"
            }
        let exists = """
            EXISTS (
                SELECT 1 FROM consent co
                WHERE co.workspace_id = :workspace_id AND co.contact_id = p.id AND co.purpose = 'marketing'
                    AND co.\(standing)
            )
            """
        guard consent != .unknown else { return ListFilter(condition: "NOT \(exists)", source: nil, arguments: [:]) }
        return ListFilter(
            condition: exists,
            source: """
                SELECT contact_id AS id FROM consent
                WHERE workspace_id = :workspace_id AND purpose = 'marketing' AND \(standing)
                """, arguments: [:])
    }
}

extension SQLConnection {
    /// The filter whose index leaves fewest, where that is few.
    /// - Parameter arguments: of all filters, and the workspace.
    func leader(of filters: [ListFilter], _ arguments: SQLArguments) throws -> ListFilter? {
        var fewest = ListFilter.few + 1
        var leader: ListFilter?
        for filter in filters {
            guard let source = filter.source else { continue }
            let size = try size(of: source, arguments)
            if size < fewest { (fewest, leader) = (size, filter) }
        }
        return leader
    }

    /// How many contacts a filter's index has, counted no further than ``ListFilter/few``.
    private func size(of source: String, _ arguments: SQLArguments) throws -> Int {
        try value(
            """
            SELECT COUNT(*) AS contacts FROM (
                SELECT id FROM (\(source)) AS source LIMIT \(ListFilter.few + 1)
            ) AS counted
            """, arguments) ?? 0
    }
}
