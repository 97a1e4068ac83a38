import Domain

/// An order of `contact p` as SQL. `place` and the id say where a contact stands in it; a name is no number, so there the
/// id says it alone.
struct ContactWalk {
    enum Order { case changed, created, name, activity }

    let order: Order

    init(_ order: Order) {
        self.order = order
    }

    /// For few contacts, which can be sorted by anything.
    init(gathering order: ContactQuery.Order) {
        self.order =
            switch order {
            case .changed: .changed
            case .activity: .activity
            case .name: .name
            case .created: .created
            }
    }

    /// A number for ``ListPosition/key``.
    var place: String {
        switch order {
        case .changed: "p.updated_at"
        case .created: "p.id"
        case .name: "0"
        case .activity:
            """
            COALESCE((
                SELECT MAX(v.last_message_at) FROM conversation v
                WHERE v.workspace_id = :workspace_id AND v.contact_id = p.id
            ), 0)
            """
        }
    }

    var sorting: String {
        switch order {
        case .changed: "p.updated_at DESC, p.id DESC"
        case .created: "p.id DESC"
        case .name: "p.sort_name, p.id"
        case .activity: "p.place DESC, p.id DESC"
        }
    }

    /// Behind the position, in words that an index understands.
    var behind: String {
        switch order {
        case .changed: "(p.updated_at, p.id) < (:after_place, :after_id)"
        case .created: "p.id < :after_id"
        case .name: "(p.sort_name, p.id) > (:after_place, :after_id)"
        case .activity: behindPlace
        }
    }

    /// Behind the position, where `place` is a column.
    var behindPlace: String {
        order == .activity ? "(p.place, p.id) < (:after_place, :after_id)" : behind
    }

    /// The next contacts in this order, with what filters ask for.
    func slice(_ condition: String, limit: Int) -> String {
        """
        SELECT p.id, p.workspace_id, \(place) AS place, p.search_text, p.sort_name, p.language, p.created_at
        FROM contact p
        WHERE \(condition) ORDER BY \(sorting) LIMIT \(limit)
        """
    }

    /// The last contact of a slice; no row when the list ends before.
    func end(of condition: String, slice: Int) -> String {
        "SELECT p.id, \(place) AS place FROM contact p WHERE \(condition) ORDER BY \(sorting) LIMIT 1 OFFSET \(slice - 1)"
    }
}
