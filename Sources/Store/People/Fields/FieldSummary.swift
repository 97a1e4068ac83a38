package import Domain

/// What a company wants to know of its customers.
package struct FieldSummary: Hashable, Sendable {
    package let id: FieldID
    /// For programs and files; never changes.
    package let key: String
    package let name: String
    package let kind: FieldKind
    /// Of a choice, in the order in which they are shown.
    package let choices: [String]
    package let createdAt: Timestamp
    /// When it was put away: not asked for any more, its values are kept.
    package let archivedAt: Timestamp?
    /// How many contacts it says something of; nil where that was not asked for.
    package let contacts: ListCount?

    /// - Throws: `invalid` with the detail `field_value`.
    package func read(_ written: String, habits: WritingHabits) throws(PuenteError) -> FieldValue? {
        try FieldValue.read(written, as: kind, choices: choices, habits: habits)
    }
}

extension FieldSummary {
    /// Its name, for readers of either language.
    package var title: LocalizedText { WellKnownField.title(of: key, named: name) }

    package var version: EditVersion {
        EditVersion(of: ([name, archivedAt == nil ? "shown" : "archived"] + choices).map(Optional.some))
    }

    static let columns = "f.id, f.key, f.name, f.kind, f.choices, f.created_at, f.archived_at"

    /// Of how many contacts the field `f` says something, counted no further than a list shows.
    static let counted = """
        (SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM contact_field c
            WHERE c.workspace_id = f.workspace_id AND c.field_id = f.id LIMIT \(ListCount.ceiling + 1)
        ) AS counted) AS contacts
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        key = try row.get("key")
        name = try row.get("name")
        kind = try row.get("kind")
        choices = try row.json("choices")
        createdAt = try row.get("created_at")
        archivedAt = try row.get("archived_at")
        contacts = row.columns.contains("contacts") ? ListCount(try row.get("contacts")) : nil
    }
}

extension FieldKind: SQLConvertible {}
extension ContactState: SQLConvertible {}
