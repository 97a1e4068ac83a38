package import Domain

/// The place a ciphertext belongs to. It opens nowhere else: a value copied to another row, column, table or workspace
/// is refused.
package struct SealContext: Hashable, Sendable {
    package let table: String
    package let column: String
    /// The row's primary key as it stands in the database.
    package let row: Int64
    /// Nil for the installation's own tables.
    package let workspace: Int64?

    package init(table: String, column: String, row: Int64, workspace: Int64?) {
        self.table = table
        self.column = column
        self.row = row
        self.workspace = workspace
    }

    package init<Row>(table: String, column: String, row: Identifier<Row>, workspace: WorkspaceID?) {
        self.init(table: table, column: column, row: row.rawValue, workspace: workspace?.rawValue)
    }

    /// Associated data for the cipher. Every part is preceded by its length, so that two places never give one text.
    func associatedData(keyID: String) -> [UInt8] {
        let parts = ["puente-1", keyID, table, column, String(row), workspace.map { String($0) } ?? "-"]
        return parts.flatMap { part in Array("\(part.utf8.count):".utf8) + Array(part.utf8) }
    }

    /// For sentences: where it is, without what it is.
    var place: String { "\(table).\(column), row \(row)" }
}
