import Domain

extension ChangeUndo {
    /// A change that a label rule made, and that somebody puts back: their word stands against the rule's. What it put on
    /// it does not put on those contacts again; what it took off comes back as put on by hand.
    struct Ruling {
        let actor: String

        /// - Returns: nil for a change that people made.
        init?(of change: ChangeID, on connection: any SQLConnection, in workspace: WorkspaceID) throws {
            guard let change = try connection.change(change, in: workspace), change.isOfLabelRule else { return nil }
            actor = change.undoneBy ?? change.actor
        }

        func overruled(_ step: Step) -> Step {
            guard step.relation == .contactLabel, step.after == nil, let before = step.before else { return step }
            return step.restoring(before.byHand(of: actor))
        }

        /// - Parameter kept: positions of rows that stay as they are.
        func exempt(
            _ run: [Step], except kept: [Int], on connection: any SQLConnection, in workspace: WorkspaceID
        ) throws {
            let gone = run.filter { $0.relation == .contactLabel && $0.before == nil && !kept.contains($0.position) }
            let rows = gone.compactMap { step -> SQLArguments? in
                guard let contact = step.key.columns["contact_id"], let rule = step.after?.columns["rule_id"],
                    rule != .null
                else { return nil }
                return SQLArguments([
                    ("workspace_id", workspace.sqlValue), ("contact_id", contact), ("rule_id", rule),
                ])
            }
            try connection.executeMany(
                """
                INSERT INTO label_rule_exemption (workspace_id, contact_id, rule_id)
                VALUES (:workspace_id, :contact_id, :rule_id)
                ON CONFLICT DO NOTHING
                """, rows)
        }
    }
}

extension ChangeSummary {
    /// Whether a label rule made it.
    var isOfLabelRule: Bool {
        guard kind == .bulk, let progress = try? JSONText.decode(BulkProgress.self, from: detail) else {
            return false  // whatever is no bulk action is no rule's
        }
        if case .applyLabelRule = progress.action { return true }
        return false
    }
}

extension RowImage {
    /// The row of a label as if this person had put it on.
    func byHand(of actor: String) -> RowImage {
        var image = self
        image.columns["actor"] = .text(actor)
        image.columns["source"] = LabelSource.person.sqlValue
        image.columns["rule_id"] = .null
        return image
    }
}
