package import Domain

/// A word that a company puts on contacts.
package struct LabelSummary: Hashable, Sendable {
    package static let maxName = 60
    package static let maxLabels = 500

    /// That put a label on a contact. It may have been deleted since.
    package struct Rule: Hashable, Sendable {
        package let id: LabelRuleID
        /// As it was called then.
        package let name: String
    }

    package let id: LabelID
    package let name: String
    package let color: LabelColor
    package let createdAt: Timestamp
    /// Who has it; nil where that was not asked for.
    package let contacts: ListCount?
    /// On a contact: the rule that put it on; nil where somebody else did.
    package let rule: Rule?
}

extension LabelSummary {
    package var version: EditVersion { EditVersion(of: [name, color.rawValue]) }

    static let columns = "l.id, l.name, l.color, l.created_at"

    /// How many contacts have the label `l`, counted no further than a list shows.
    static let counted = """
        (SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM contact_label c
            WHERE c.workspace_id = l.workspace_id AND c.label_id = l.id LIMIT \(ListCount.ceiling + 1)
        ) AS counted) AS contacts
        """

    /// The same of the label `l` on a contact, by its row `c` of `contact_label`.
    static let onContact = "\(columns), c.rule_id, c.actor"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        // A tone that a later release brought is shown in grey.
        color = LabelColor(rawValue: try row.get("color")) ?? .gray
        createdAt = try row.get("created_at")
        rule = try row.columns.contains("rule_id") ? Rule(row) : nil
        contacts = row.columns.contains("contacts") ? ListCount(try row.get("contacts")) : nil
    }
}

extension LabelSummary.Rule {
    /// - Parameter row: with `rule_id` and `actor` of a contact's label.
    init?(_ row: SQLRow) throws {
        guard let id: LabelRuleID = try row.get("rule_id") else { return nil }
        self.init(id: id, name: try row.get("actor"))
    }
}
