package import Domain

/// A mapping as it is kept.
package struct KeptMapping: Equatable, Sendable {
    package let mapping: FieldMapping
    /// Grows with each change.
    package let version: Int64
    package let updatedAt: Timestamp
    package let updatedBy: String
}

extension SyncDirection: SQLConvertible {}
extension SyncRule: SQLConvertible {}
extension LocalField: SQLConvertible {}

extension MappingRow {
    static let columns = "local, remote, direction, rule, transforms, fallback, is_on"

    init(_ row: SQLRow) throws {
        self.init(
            local: try row.get("local"), remote: try row.get("remote"), direction: try row.get("direction"),
            rule: try row.get("rule"), transforms: try row.json("transforms"), fallback: try row.get("fallback"),
            isOn: try row.get("is_on"))
    }

    func arguments(at position: Int) throws -> SQLArguments {
        [
            "position": position, "local": local, "remote": remote, "direction": direction, "rule": rule,
            "transforms": try JSONText.encode(transforms), "fallback": fallback, "is_on": isOn,
        ]
    }
}

extension SQLConnection {
    /// Nil where the connection has none: then it only records messages, as it did before.
    func mapping(of crm: ConnectionID, in workspace: WorkspaceID) throws -> KeptMapping? {
        let head = try row(
            """
            SELECT version, updated_at, updated_by FROM mapping
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            """, ["workspace_id": workspace, "connection_id": crm])
        guard let head else { return nil }
        let rows = try rows(
            """
            SELECT \(MappingRow.columns) FROM mapping_row
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id ORDER BY position
            """, ["workspace_id": workspace, "connection_id": crm])
        return KeptMapping(
            mapping: FieldMapping(try rows.map(MappingRow.init)), version: try head.get("version"),
            updatedAt: try head.get("updated_at"), updatedBy: try head.get("updated_by"))
    }

    func hasMapping(_ crm: ConnectionID, in workspace: WorkspaceID) throws -> Bool {
        try row(
            """
            SELECT version FROM mapping WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            """, ["workspace_id": workspace, "connection_id": crm]) != nil
    }
}
