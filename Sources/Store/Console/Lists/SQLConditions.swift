import Domain

/// The WHERE of a list whose filters are optional: texts of ours, values of anybody's.
struct SQLConditions {
    let workspace: WorkspaceID
    private(set) var arguments: SQLArguments = [:]
    private var conditions: [String] = []

    /// Every list belongs to one workspace.
    /// - Parameter alias: of the table that the list is sorted by.
    init(workspace: WorkspaceID, alias: String) {
        self.init(workspace: workspace, shown: "\(alias).workspace_id = :workspace_id")
    }

    /// - Parameter shown: what of the table a workspace may see, by the parameter `:workspace_id`.
    init(workspace: WorkspaceID, shown: String) {
        self.workspace = workspace
        add(shown, "workspace_id", workspace)
    }

    mutating func add(_ condition: String) {
        conditions.append(condition)
    }

    mutating func add(_ condition: String, _ name: String, _ value: any SQLConvertible) {
        conditions.append(condition)
        arguments.set(name, value)
    }

    /// Rows behind the position, in a list that runs from the newest to the oldest.
    mutating func add(before position: ListPosition?, key: String, id: String) {
        guard let position else { return }
        add("(\(key), \(id)) < (:before_key, :before_id)", "before_key", position.key)
        arguments.set("before_id", position.id)
    }

    mutating func add(before position: ListPosition?, id: String) {
        guard let position else { return }
        add("\(id) < :before_id", "before_id", position.id)
    }

    /// Rows of one contact; of one who was merged, those of whom they are today.
    mutating func add(person contact: ContactID, _ column: String) {
        add(
            """
            \(column) = COALESCE(
                (SELECT merged_into FROM contact WHERE workspace_id = :workspace_id AND id = :contact_id), :contact_id)
            """, "contact_id", contact)
    }

    mutating func set(_ name: String, _ value: any SQLConvertible) {
        arguments.set(name, value)
    }

    var sql: String { "WHERE " + conditions.joined(separator: " AND ") }
}
