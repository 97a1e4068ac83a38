import Domain
import Logging
import ServiceLifecycle
import Store
import Synchronization

/// Asks the database every second whether it is there, so that `/health/ready` answers at once whatever became of it.
final class DatabaseWatch: Service {
    /// A question that has had no answer for this long counts as none.
    static let patience: Duration = .seconds(3)
    /// Replication changes rarely.
    private static let replicationEvery = 10

    private struct State {
        var answeredAt: ContinuousClock.Instant?
        var failed = false
        var replication: LocalizedText?
    }

    private let store: Store
    private let expectsFailOver: Bool
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameter expectsFailOver: the database is to survive the loss of its server, so commits must wait for another.
    init(store: Store, expectsFailOver: Bool, logger: Logger) {
        self.store = store
        self.expectsFailOver = expectsFailOver
        self.logger = logger
    }

    /// Why the database cannot be relied on right now.
    func problems(now: ContinuousClock.Instant = .now) -> [ReadinessProblem] {
        let state = state.withLock { $0 }
        let isAway = state.failed || state.answeredAt.map { now - $0 > Self.patience } ?? true
        if isAway { return [.databaseAway] }
        return state.replication.map { [.replicationMissing($0)] } ?? []
    }

    /// What is wrong with its stand-by, as last heard; nil when nothing is, or nobody expects one.
    var replicationWarning: LocalizedText? { state.withLock { $0.replication } }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = 0
            while !Task.isCancelled {
                await self.ask(aboutReplication: self.expectsFailOver && round % Self.replicationEvery == 0)
                round += 1
                // Throws only to say that it was cancelled.
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func ask(aboutReplication: Bool) async {
        do {
            _ = try await store.database.read(on: .console) { try $0.value("SELECT 1 AS one", as: Int.self) }
            if aboutReplication { try await askAboutReplication() }
            let wasAway = state.withLock { state in
                defer {
                    state.answeredAt = ContinuousClock.now
                    state.failed = false
                }
                return state.failed
            }
            if wasAway { logger.notice("the database answers again") }
        } catch {
            let isNews = state.withLock { state in
                defer { state.failed = true }
                return !state.failed
            }
            if isNews, !Task.isCancelled {
                logger.error("the database cannot be reached", metadata: ["error": "\(error)"])
            }
        }
    }

    private func askAboutReplication() async throws {
        guard let postgres = store.database as? PostgresDatabase else { return }
        let warning = try await postgres.health().warning
        state.withLock { $0.replication = warning }
    }
}
