import Domain
package import Logging
package import Store
import Synchronization

/// Carries out the retention rules that companies set in the console: once an hour, in slices.
package final class RetentionKeeper: Sendable {
    private static let interval: Duration = .hours(1)
    /// People erased in one run: each takes several transactions.
    private static let peopleAtOnce = 500

    private let store: Store
    private let logger: Logger
    private let lastRun = Mutex<Timestamp?>(nil)

    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// - Parameters:
    ///   - retention: of the configuration; what it names comes before any rule of the console.
    ///   - goesOn: asked before each slice, and may wait; false ends it early.
    package func run(_ retention: Retention, while goesOn: @Sendable () async -> Bool) async throws {
        let now = store.now()
        guard lastRun.withLock({ $0.map { now - $0 >= Self.interval } ?? true }) else { return }
        // After a restore a person may still choose another copy.
        guard try await !store.database.isHeld() else { return }
        for workspace in try await store.workspaces() {
            let rules = try await store.retentionRules(in: workspace).under(retention)
            let count = try await store.prune(rules, retention, in: workspace, while: goesOn)
            let people = try await erase(rules, in: workspace, while: goesOn)
            if count + people > 0 {
                logger.notice(
                    "removed what was past its time", metadata: ["rows": "\(count)", "people": "\(people)"])
            }
        }
        if await goesOn() { lastRun.withLock { $0 = now } }
    }

    /// People with whom nothing happened for so long.
    private func erase(
        _ rules: EffectiveRetention, in workspace: WorkspaceID, while goesOn: @Sendable () async -> Bool
    ) async throws -> Int {
        guard let age = rules.age(of: .contacts) else { return 0 }
        var count = 0
        while count < Self.peopleAtOnce, await goesOn() {
            let quiet = try await store.quietContacts(for: age, limit: 50, in: workspace)
            for contact in quiet {
                _ = try await store.erase(contact, wish: .tell, reason: .retention, by: "puente", in: workspace)
            }
            count += quiet.count
            if quiet.count < 50 { break }
        }
        return count
    }
}
