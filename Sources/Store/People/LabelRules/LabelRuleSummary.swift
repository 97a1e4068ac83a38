package import Domain

/// A label rule as lists show it.
package struct LabelRuleSummary: Sendable {
    package let rule: LabelRule
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    /// Who carries the label by this rule; nil where that was not asked for.
    package let contacts: ListCount?

    package var id: LabelRuleID { rule.id }
}

extension LabelRuleSummary {
    /// - Throws: never for conditions that were read.
    package func version() throws -> EditVersion {
        EditVersion(of: [
            rule.name, try JSONText.encode(rule.conditions), "\(rule.label)", rule.isOn ? "on" : "off",
            rule.takesOff ? "takes off" : "leaves",
        ])
    }

    static let columns = """
        r.id, r.name, r.conditions, r.label_id, r.is_on, r.takes_off, r.created_at, r.updated_at
        """

    /// Counted no further than a list shows.
    static let counted = """
        (SELECT COUNT(*) FROM (
            SELECT 1 AS one FROM contact_label c
            WHERE c.workspace_id = r.workspace_id AND c.rule_id = r.id AND c.label_id = r.label_id
            LIMIT \(ListCount.ceiling + 1)
        ) AS counted) AS contacts
        """

    init(_ row: SQLRow) throws {
        rule = LabelRule(
            id: try row.get("id"), name: try row.get("name"), conditions: try row.json("conditions"),
            label: try row.get("label_id"), isOn: try row.get("is_on"), takesOff: try row.get("takes_off"))
        createdAt = try row.get("created_at")
        updatedAt = try row.get("updated_at")
        contacts = row.columns.contains("contacts") ? ListCount(try row.get("contacts")) : nil
    }
}

extension SQLConnection {
    /// Every rule of a workspace, by name.
    func labelRules(counting: Bool = false, in workspace: WorkspaceID) throws -> [LabelRuleSummary] {
        try rows(
            """
            SELECT \(LabelRuleSummary.columns)\(counting ? ", " + LabelRuleSummary.counted : "") FROM label_rule r
            WHERE r.workspace_id = :workspace_id
            ORDER BY r.folded, r.id
            """, ["workspace_id": workspace]
        ).map(LabelRuleSummary.init)
    }

    func labelRule(
        _ id: LabelRuleID, counting: Bool = false, in workspace: WorkspaceID
    ) throws -> LabelRuleSummary? {
        try row(
            """
            SELECT \(LabelRuleSummary.columns)\(counting ? ", " + LabelRuleSummary.counted : "") FROM label_rule r
            WHERE r.workspace_id = :workspace_id AND r.id = :id
            """, ["workspace_id": workspace, "id": id]
        ).map(LabelRuleSummary.init)
    }
}
