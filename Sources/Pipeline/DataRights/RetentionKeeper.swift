import Domain
package import Logging
package import Store
import Synchronization

/// Carries out the retention rules that companies set in the console: once an hour, in slices.
package final class RetentionKeeper: Sendable {
    private static let interval: Duration = .hours(1)

    private let store: Store
    private let logger: Logger
    private let peopleAtOnce: Int
    private let lastRun = Mutex<Timestamp?>(nil)

    /// - Parameter peopleAtOnce: erased in one run: each takes several transactions.
    package init(store: Store, peopleAtOnce: Int = 500, logger: Logger) {
        self.store = store
        self.peopleAtOnce = peopleAtOnce
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
        var isWhole = true
        for workspace in try await store.workspaces() {
            let rules = try await store.retentionRules(in: workspace).under(retention)
            let count = try await store.prune(rules, retention, in: workspace, while: goesOn)
            let people = try await erase(rules, in: workspace, while: goesOn)
            if count + people > 0 {
                logger.notice(
                    "removed what was past its time", metadata: ["rows": "\(count)", "people": "\(people)"])
            }
            isWhole = isWhole && people < peopleAtOnce
        }
        // Where there are more people than one run erases, the next one goes on.
        if isWhole, await goesOn() { lastRun.withLock { $0 = now } }
    }

    /// People with whom nothing happened for so long.
    /// - Returns: how many; as many as one run erases when there may be more.
    private func erase(
        _ rules: EffectiveRetention, in workspace: WorkspaceID, while goesOn: @Sendable () async -> Bool
    ) async throws -> Int {
        guard let age = rules.age(of: .contacts) else { return 0 }
        var count = 0
        while count < peopleAtOnce, await goesOn() {
            let quietSince = store.now() - age
            let limit = min(peopleAtOnce - count, 50)
            let quiet = try await store.quietContacts(for: age, limit: limit, in: workspace)
            for contact in quiet {
                guard await goesOn() else { return count }
                do {
                    _ = try await store.erase(
                        contact, wish: .tell, reason: .retention, quietSince: quietSince, by: "puente", in: workspace)
                } catch let error as PuenteError where error == .noPerson {
                    continue  // somebody else was faster
                }
                count += 1
            }
            if quiet.count < limit { break }
        }
        return count
    }
}
