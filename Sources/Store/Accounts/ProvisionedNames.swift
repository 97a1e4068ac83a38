import Domain

/// Finds the rows behind the names in puente.yaml, whatever they were called before.
///
/// What a row is about is told by its key, which is unique in the installation: Meta's id of a number, the hash of an API
/// key. A known key under another name is the same row renamed, with all that hangs on it. A known name whose key nobody
/// knows is the row of that name with a new key. A name that is taken from a row which the file names no more goes on
/// there with the row's id behind it.
struct ProvisionedNames<Row> {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let table: String
    /// The columns of the name, unique in the workspace, and of the key.
    let columns: (name: String, key: String)
    /// The entry of puente.yaml that holds a name's key.
    let setting: (String) -> String

    /// Gives every row the name that the file has for it.
    /// - Parameter keys: what the file says: the key of each name.
    /// - Returns: the rows that exist already, by name.
    /// - Throws: ``PuenteError`` `invalid` that names the entry: two names for one key, or another workspace's key.
    func settle(_ keys: [String: String]) throws -> [String: Identifier<Row>] {
        var rows: [String: Identifier<Row>] = [:]
        var moved: [String: Identifier<Row>] = [:]
        for (name, key) in keys.sorted(by: { $0.key < $1.key }) {
            guard let owner = try owner(of: key) else { continue }
            try refuseStranger(owner, as: name, among: rows)
            rows[name] = owner.id
            if owner.name != name { moved[name] = owner.id }
        }
        let claimed = Set(rows.values)
        for name in keys.keys where rows[name] == nil {
            if let row = try row(named: name), !claimed.contains(row) { rows[name] = row }
        }
        try rename(moved)
        return rows
    }

    private func refuseStranger(_ owner: Owner, as name: String, among rows: [String: Identifier<Row>]) throws {
        guard owner.workspace == workspace else {
            throw PuenteError(
                .invalid, en: "\(setting(name)) belongs to another workspace of this installation.",
                es: "\(setting(name)) pertenece a otro espacio de esta instalación.")
        }
        guard let other = rows.first(where: { $0.value == owner.id })?.key else { return }
        throw PuenteError(
            .invalid, en: "\(setting(name)) is the same as \(setting(other)): one of the two must go.",
            es: "\(setting(name)) es igual que \(setting(other)): una de las dos sobra.")
    }

    /// Two rows may change names with each other: all names are free before the first is given.
    private func rename(_ rows: [String: Identifier<Row>]) throws {
        for name in rows.keys {
            guard let holder = try row(named: name) else { continue }
            try write("\(name)~\(holder)", to: holder)
        }
        for (name, row) in rows { try write(name, to: row) }
    }

    // MARK: Rows

    private typealias Owner = (id: Identifier<Row>, workspace: WorkspaceID, name: String)

    private func owner(of key: String) throws -> Owner? {
        try connection.row(
            "SELECT id, workspace_id, \(columns.name) AS name FROM \(table) WHERE \(columns.key) = :key", ["key": key]
        ).map { (id: try $0.get("id"), workspace: try $0.get("workspace_id"), name: try $0.get("name")) }
    }

    private func row(named name: String) throws -> Identifier<Row>? {
        try connection.value(
            "SELECT id FROM \(table) WHERE workspace_id = :workspace_id AND \(columns.name) = :name",
            ["workspace_id": workspace, "name": name])
    }

    private func write(_ name: String, to row: Identifier<Row>) throws {
        try connection.execute(
            "UPDATE \(table) SET \(columns.name) = :name WHERE workspace_id = :workspace_id AND id = :id",
            ["name": name, "workspace_id": workspace, "id": row])
    }
}
