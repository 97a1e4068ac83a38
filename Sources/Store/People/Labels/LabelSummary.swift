package import Domain

/// A word that a company puts on contacts.
package struct LabelSummary: Hashable, Sendable {
    package static let maxName = 60
    package static let maxLabels = 500

    package let id: LabelID
    package let name: String
    package let color: LabelColor
    package let createdAt: Timestamp
    /// Who has it; nil where that was not asked for.
    package let contacts: ListCount?
}

extension LabelSummary {
    static let columns = "l.id, l.name, l.color, l.created_at"

    /// How many contacts have the label `l`, counted no further than a list shows.
    static let counted = """
        (SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM contact_label c
            WHERE c.workspace_id = l.workspace_id AND c.label_id = l.id LIMIT \(ListCount.ceiling + 1)
        ) AS counted) AS contacts
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        // A tone that a later release brought is shown in grey.
        color = LabelColor(rawValue: try row.get("color")) ?? .gray
        createdAt = try row.get("created_at")
        contacts = row.columns.contains("contacts") ? ListCount(try row.get("contacts")) : nil
    }
}
