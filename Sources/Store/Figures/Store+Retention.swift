package import Domain

/// How long things are kept.
package struct Retention: Sendable {
    package var rawBodies: Duration = .days(30)
    /// Nil keeps messages for ever. A pruned message is known by a keyed hash for 30 days more.
    package var messages: Duration?
    /// Files that were uploaded, and that no message has shown.
    package var unusedUploads: Duration = .days(30)
    /// Files of messages; nil keeps them as long as their messages.
    package var media: Duration?
    /// Contacts with whom nothing happened; nil keeps them for ever.
    package var contacts: Duration?
    /// Files of contacts that were imported.
    package var imports: Duration = .days(30)
    /// What subscribers were told, and what became of it; never longer than messages.
    package var webhookEvents: Duration = .days(30)
    package var completedJobs: Duration = .days(1)
    package var minuteFigures: Duration = .days(7)
    package var idempotencyKeys: Duration = .hours(24)
    /// HubSpot's signature of a workflow's call carries no time: who records one could have it carried out again when
    /// its key is forgotten.
    package var crmCommandKeys: Duration = .days(90)
    package var trail: Duration = .days(365)
    /// News that belong to no message of ours, and alarms that are over.
    package var stray: Duration = .days(90)
    /// Longer than any throttle remembers them.
    package var signInFailures: Duration = .days(1)
    /// Of which kinds puente.yaml says how long they are kept: no rule of the console changes that.
    package var written: Set<RetentionKind> = []
    /// Rows in one transaction, so that nothing else waits long.
    package var slice = 1000

    package init() {}
}

extension Store {
    /// Deletes what is past its time, in slices: each is a short transaction, so that nothing else waits long.
    /// - Parameter goesOn: asked after each slice, and may wait; false ends it early.
    /// - Returns: how many rows went.
    @discardableResult
    package func prune(
        _ retention: Retention, while goesOn: @Sendable () async -> Bool = { true }
    ) async throws -> Int {
        var count = 0
        for step in PruneStep.all {
            count += try await run(step, retention, while: goesOn)
        }
        while await goesOn() {
            let uploads = try await pruneUploads(retention)
            count += uploads
            if uploads < retention.slice { break }
        }
        if let age = retention.messages {
            count += try await pruneMessages(olderThan: age, retention, while: goesOn)
        }
        return count
    }

    /// Deletes what is past its time by a company's own rules. People are erased by whoever calls this.
    /// - Returns: how many rows went.
    @discardableResult
    package func prune(
        _ rules: EffectiveRetention, _ retention: Retention, in workspace: WorkspaceID,
        while goesOn: @Sendable () async -> Bool = { true }
    ) async throws -> Int {
        var count = 0
        if let age = rules.age(of: .messages), !rules.isWritten(.messages) {
            count += try await pruneMessages(olderThan: age, retention, of: workspace, while: goesOn)
        }
        let pruning = WorkspacePruning(store: self, workspace: workspace, retention: retention)
        if let age = rules.age(of: .messages) {
            count += try await pruning.webhooks(olderThan: age, while: goesOn)
        }
        if let age = rules.age(of: .media) { count += try await pruning.media(olderThan: age, while: goesOn) }
        if let age = rules.age(of: .audit) {
            count += try await pruning.trail(olderThan: age, while: goesOn)
            count += try await pruning.searchNotes(olderThan: age, while: goesOn)
            count += try await pruning.syncChanges(olderThan: age, while: goesOn)
            count += try await pruning.changes(olderThan: age, while: goesOn)
        }
        return count
    }

    private func run(
        _ step: PruneStep, _ retention: Retention, while goesOn: @Sendable () async -> Bool
    ) async throws -> Int {
        var count = 0
        var passed: Int64 = 0
        while await goesOn() {
            let (now, after) = (now(), passed)
            let slice = try await database.write(on: .work) { [ids] connection in
                let slice = try step.delete(on: connection, retention, after: after, at: now)
                try slice.counters.write(connection, at: now, node: ids.node)
                return slice
            }
            count += slice.rows
            passed = max(passed, slice.last)
            if slice.rows < retention.slice { break }
        }
        return count
    }

    /// A message takes several statements.
    private func pruneMessages(
        olderThan age: Duration, _ retention: Retention, of workspace: WorkspaceID? = nil,
        while goesOn: @Sendable () async -> Bool
    ) async throws -> Int {
        let limit = min(retention.slice, 100)
        let store = self
        var count = 0
        var passed: MessageID?
        while await goesOn() {
            let (now, after) = (now(), passed)
            let messages = try await database.write(on: .work) { connection in
                var counters = CounterDeltas()
                let pruning = MessagePruning(store: store, connection: connection, now: now)
                let messages = try pruning.prune(
                    before: now - age, after: after, limit: limit, of: workspace, counters: &counters)
                try counters.write(connection, at: now, node: store.ids.node)
                return messages
            }
            count += messages.count
            passed = messages.last ?? passed
            if messages.count < limit { break }
        }
        return count
    }
}
