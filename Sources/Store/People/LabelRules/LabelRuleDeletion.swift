import Domain

/// Takes a rule away, and off everybody the label that it put on. The rule is off while that lasts, so that it puts on
/// nothing again. What it put on while it was of another label stays.
struct LabelRuleDeletion {
    let rule: LabelRuleID

    /// - Returns: whether all have had their turn.
    func work(_ journal: inout ChangeJournal, _ progress: inout BulkProgress) throws -> Bool {
        try journal.lockLabelRules()
        guard let known = try journal.connection.labelRule(rule, in: journal.workspace)?.rule else {
            throw PuenteError.noLabelRule
        }
        try journal.update(.labelRule, key: ["id": rule], set: ["is_on": false], of: nil)
        let carriers = try carriers(of: known.label, journal)
        for contact in carriers where try journal.takeOff(known.label, from: contact) { progress.changed += 1 }
        progress.seen += carriers.count
        guard carriers.count < BulkSlice.size else { return false }
        try journal.delete(.labelRule, key: ["id": rule], of: nil)
        return true
    }

    private func carriers(of label: LabelID, _ journal: ChangeJournal) throws -> [ContactID] {
        try journal.connection.rows(
            """
            SELECT contact_id FROM contact_label
            WHERE workspace_id = :workspace_id AND rule_id = :rule_id AND label_id = :label_id
            ORDER BY contact_id LIMIT \(BulkSlice.size) \(journal.connection.dialect.forUpdate)
            """, ["workspace_id": journal.workspace, "rule_id": rule, "label_id": label]
        ).map { try $0.get("contact_id") }
    }
}
