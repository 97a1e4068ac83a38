package import Domain

extension Store {
    /// How often everybody is asked: where time alone changes whom a rule is for, and else, in case that something was
    /// missed.
    static let labelRulePassEvery: (onTime: Duration, else: Duration) = (.minutes(15), .hours(6))

    /// Begins to ask the rules of a workspace about all contacts where that is due: a rule was made or changed, or it is so
    /// long ago.
    /// - Returns: whether a pass is under way.
    package func beginLabelRulePass(in workspace: WorkspaceID) async throws -> Bool {
        let now = now()
        let pass = try await database.read(on: .work) { connection in
            try connection.labelRulePass(in: workspace)
        }
        guard let pass else { return false }
        guard !pass.isRunning else { return true }
        guard try await isLabelRulePassDue(pass, at: now, in: workspace) else { return false }
        return try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE label_rule_pass
                SET state = 'running', position = 0, answered = wanted, started_at = :now
                WHERE workspace_id = :workspace_id AND state = 'idle'
                """, ["now": now, "workspace_id": workspace])
            return true
        }
    }

    private func isLabelRulePassDue(
        _ pass: LabelRulePass, at now: Timestamp, in workspace: WorkspaceID
    ) async throws -> Bool {
        guard !pass.isWanted, let finishedAt = pass.finishedAt else { return true }
        let rules = try await database.read(on: .work) { try $0.labelRules(in: workspace).map(\.rule) }
        guard rules.contains(where: \.isOn) else { return false }
        let isOnTime = rules.contains { $0.isOn && $0.dependsOnTime }
        return now - finishedAt >= (isOnTime ? Self.labelRulePassEvery.onTime : Self.labelRulePassEvery.else)
    }

    /// Asks the rules about the next contacts of a pass. Whom nothing is to be done for is only read.
    package func goOnWithLabelRulePass(limit: Int = 500, in workspace: WorkspaceID) async throws -> LabelRuleStep {
        let (clock, ids) = (segmentClock, ids)
        let slice = try await database.read(on: .work) { connection -> LabelRuleSlice? in
            guard let pass = try connection.labelRulePass(in: workspace), pass.isRunning else { return nil }
            let plan = try connection.labelRulePlan(in: workspace)
            let limit = plan.contactsAtOnce(limit)
            let contacts = try plan.steps.isEmpty ? [] : connection.contacts(after: pass, limit: limit, in: workspace)
            let questions = LabelRuleQuestions(connection: connection, workspace: workspace, clock: clock)
            return LabelRuleSlice(
                pass: pass, last: contacts.last, hasMore: contacts.count == limit,
                unsettled: try questions.unsettled(contacts, plan))
        }
        guard let slice else { return .idle }
        return try await database.write(on: .work) { connection in
            // Whoever changes a rule holds the rules first, too, and then the pass.
            let plan = try connection.heldLabelRulePlan(in: workspace)
            // Another node may have been faster.
            guard try connection.advance(slice, in: workspace, at: clock.now) else {
                return LabelRuleStep(changed: 0, hasMore: true, report: RecordReport())
            }
            guard !slice.unsettled.isEmpty else {
                return LabelRuleStep(changed: 0, hasMore: slice.hasMore, report: RecordReport())
            }
            let questions = LabelRuleQuestions(connection: connection, workspace: workspace, clock: clock)
            var deeds = LabelRuleDeeds(questions, ids: ids, since: slice.pass.startedAt ?? clock.now)
            let changed = try deeds.settle(slice.unsettled, plan)
            return LabelRuleStep(
                changed: changed.count, hasMore: slice.hasMore,
                report: try connection.report(of: changed, in: workspace))
        }
    }
}

/// How far all contacts of a workspace were asked.
struct LabelRulePass: Sendable {
    let isWanted: Bool
    let isRunning: Bool
    let position: Int64
    let startedAt: Timestamp?
    let finishedAt: Timestamp?
}

private struct LabelRuleSlice: Sendable {
    let pass: LabelRulePass
    let last: ContactID?
    let hasMore: Bool
    let unsettled: [ContactID]
}

extension SQLConnection {
    /// - Returns: nil in a workspace that never had a rule.
    fileprivate func labelRulePass(in workspace: WorkspaceID) throws -> LabelRulePass? {
        try row(
            """
            SELECT wanted, answered, state, position, started_at, finished_at FROM label_rule_pass
            WHERE workspace_id = :workspace_id
            """, ["workspace_id": workspace]
        ).map { row in
            LabelRulePass(
                isWanted: try row.get("wanted", as: Int64.self) > row.get("answered", as: Int64.self),
                isRunning: try row.get("state", as: String.self) == "running", position: try row.get("position"),
                startedAt: try row.get("started_at"), finishedAt: try row.get("finished_at"))
        }
    }

    fileprivate func contacts(
        after pass: LabelRulePass, limit: Int, in workspace: WorkspaceID
    ) throws -> [ContactID] {
        try rows(
            """
            SELECT id FROM contact
            WHERE workspace_id = :workspace_id AND id > :position AND merged_into IS NULL
            ORDER BY id LIMIT :limit
            """, ["workspace_id": workspace, "position": pass.position, "limit": limit]
        ).map { try $0.get("id") }
    }

    /// - Returns: whether the pass still was where the slice begins.
    fileprivate func advance(_ slice: LabelRuleSlice, in workspace: WorkspaceID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            UPDATE label_rule_pass
            SET position = :position, state = CASE WHEN :has_more = 1 THEN state ELSE 'idle' END,
                finished_at = CASE WHEN :has_more = 1 THEN finished_at ELSE :now END
            WHERE workspace_id = :workspace_id AND state = 'running' AND position = :former
            """,
            [
                "position": slice.last?.rawValue ?? slice.pass.position, "has_more": slice.hasMore, "now": now,
                "workspace_id": workspace, "former": slice.pass.position,
            ]) == 1
    }
}
