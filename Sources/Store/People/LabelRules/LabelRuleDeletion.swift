import Domain

/// Takes a rule away, and off everybody the label that it put on. The rule is off while that lasts, so that it puts on
/// nothing again.
struct LabelRuleDeletion {
    let rule: LabelRuleID

    /// - Returns: whether all have had their turn.
    func work(_ journal: inout ChangeJournal, _ progress: inout BulkProgress) throws -> Bool {
        try journal.lockLabelRules()
        guard try journal.connection.labelRule(rule, in: journal.workspace) != nil else {
            throw PuenteError.noLabelRule
        }
        try journal.update(.labelRule, key: ["id": rule], set: ["is_on": false], of: nil)
        let carriers = try carriers(journal)
        for (contact, label) in carriers where try journal.takeOff(label, from: contact) { progress.changed += 1 }
        progress.seen += carriers.count
        guard carriers.count < BulkSlice.size else { return false }
        try journal.delete(.labelRule, key: ["id": rule], of: nil)
        return true
    }

    private func carriers(_ journal: ChangeJournal) throws -> [(contact: ContactID, label: LabelID)] {
        try journal.connection.rows(
            """
            SELECT contact_id, label_id FROM contact_label
            WHERE workspace_id = :workspace_id AND rule_id = :rule_id
            ORDER BY contact_id, label_id LIMIT \(BulkSlice.size) \(journal.connection.dialect.forUpdate)
            """, ["workspace_id": journal.workspace, "rule_id": rule]
        ).map { (contact: try $0.get("contact_id"), label: try $0.get("label_id")) }
    }
}
