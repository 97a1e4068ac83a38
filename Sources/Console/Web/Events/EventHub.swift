import Domain
package import Logging
package import Pipeline
import Secrets
package import ServiceLifecycle
package import Store
import Synchronization

/// Stands between the change feed and open pages: collects what changed, says it once for all pages of a workspace, and
/// never waits for a slow one. However many pages are open, the database is asked once.
package final class EventHub: Service, Sendable {
    private static let maxListeners = 2000
    private static let maxFramesWaiting = 32
    /// A page's connection ends after this long; the browser comes back at once, and its session is looked at again.
    private static let longest: Duration = .hours(1)

    struct Pace: Sendable {
        var narrow: Duration = .milliseconds(250)
        var wide: Duration = .seconds(1)
        /// How often to look for what no change of this process told: alarms, other nodes.
        var look: Duration = .seconds(5)
        var heartbeat: Duration = .seconds(15)
    }

    private struct Listener {
        let workspace: WorkspaceID
        let session: TokenHash
        let until: Timestamp
        let frames: AsyncStream<EventFrame>.Continuation
        /// It was too slow for something: with the next frame it is told to load anew.
        var hasMissed = false
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var nextID = 0
        var news: [WorkspaceID: PageNews] = [:]
        var toldWide: [WorkspaceID: ContinuousClock.Instant] = [:]
        var figures: [WorkspaceID: PageFigures] = [:]
        var recent: [WorkspaceID: RecentConversations] = [:]
        /// When something last changed, also while nobody looked.
        var changedAt: [WorkspaceID: Timestamp] = [:]
    }

    private let store: Store
    private let hasNeighbours: Bool
    private let standingAlarms: @Sendable () -> [StandingAlarm]
    private let logger: Logger
    private let pace: Pace
    private let state = Mutex(State())
    private let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - hasNeighbours: other nodes may work on this database; their changes are then looked for.
    ///   - standingAlarms: what is wrong with this process.
    package convenience init(
        store: Store, changes: ChangeFeed, hasNeighbours: Bool,
        standingAlarms: @escaping @Sendable () -> [StandingAlarm] = { [] }, logger: Logger
    ) {
        var pace = Pace()
        if hasNeighbours { pace.look = .seconds(2) }
        self.init(
            store: store, changes: changes, hasNeighbours: hasNeighbours, standingAlarms: standingAlarms,
            logger: logger,
            pace: pace)
    }

    init(
        store: Store, changes: ChangeFeed, hasNeighbours: Bool,
        standingAlarms: @escaping @Sendable () -> [StandingAlarm] = { [] }, logger: Logger, pace: Pace
    ) {
        self.store = store
        self.hasNeighbours = hasNeighbours
        self.standingAlarms = standingAlarms
        self.logger = logger
        self.pace = pace
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        changes.observe { [weak self] change, workspace in self?.note(change, in: workspace) }
    }

    // MARK: Pages

    /// - Parameters:
    ///   - since: when the page was drawn: what changed between then and now is not on it, and nobody told it.
    ///   - until: when the page's session ends.
    /// - Returns: what to write to the page; nil when too many are open.
    func listen(
        in workspace: WorkspaceID, session: TokenHash, since: Timestamp? = nil, until: Timestamp
    ) -> AsyncStream<EventFrame>? {
        let (stream, frames) = AsyncStream.makeStream(
            of: EventFrame.self, bufferingPolicy: .bufferingOldest(Self.maxFramesWaiting))
        let end = min(until, store.now() + Self.longest)
        let id = state.withLock { state -> Int? in
            guard state.listeners.count < Self.maxListeners else { return nil }
            state.nextID += 1
            state.listeners[state.nextID] = Listener(
                workspace: workspace, session: session, until: end, frames: frames)
            if let since, let changedAt = state.changedAt[workspace], changedAt >= since {
                frames.yield(.events(["gap"]))
            }
            return state.nextID
        }
        guard let id else { return nil }
        frames.onTermination = { [weak self] _ in self?.remove(id) }
        return stream
    }

    /// How many pages are open.
    var listenerCount: Int { state.withLock { $0.listeners.count } }

    /// Ends the pages of a session that a person ended.
    func end(_ session: TokenHash) {
        finish { $0.session == session }
    }

    private func remove(_ id: Int) {
        state.withLock { state in
            guard let gone = state.listeners.removeValue(forKey: id) else { return }
            guard !state.listeners.values.contains(where: { $0.workspace == gone.workspace }) else { return }
            // What nobody looks at is not compared. The figures stay: the next page hears of all that is new since then.
            state.news[gone.workspace] = nil
        }
    }

    private func finish(where isOver: (Listener) -> Bool) {
        let ended = state.withLock { $0.listeners.values.filter(isOver).map(\.frames) }
        ended.forEach { $0.finish() }
    }

    // MARK: News

    private func note(_ change: ChangeFeed.Change, in workspace: WorkspaceID) {
        let now = store.now()
        let isHeard = state.withLock { state in
            state.changedAt[workspace] = now
            guard state.listeners.values.contains(where: { $0.workspace == workspace }) else { return false }
            state.news[workspace, default: PageNews()].add(change)
            return true
        }
        if isHeard { signal.yield() }
    }

    /// Works until the group shuts down; then every page's connection is closed.
    package func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.tell() }
            group.addTask { await self.every(self.pace.look) { await self.look() } }
            group.addTask { await self.every(self.pace.heartbeat) { self.beat() } }
            // Throws only when the group is cancelled: then all ends as well.
            try? await gracefulShutdown()
            group.cancelAll()
        }
        finish { _ in true }
    }

    private func every(_ interval: Duration, _ work: () async -> Void) async {
        while !Task.isCancelled {
            guard (try? await Task.sleep(for: interval)) != nil else { return }  // Cancelled: the hub ends.
            await work()
        }
    }

    private func tell() async {
        for await _ in signals {
            repeat {
                guard (try? await Task.sleep(for: pace.narrow)) != nil else { return }  // Cancelled: the hub ends.
                await tellOnce()
            } while state.withLock { $0.news.values.contains { !$0.isEmpty } }
        }
    }

    private func tellOnce() async {
        let now = ContinuousClock.now
        let due = state.withLock { state in
            state.news.filter { !$0.value.isEmpty }.keys.map { workspace in
                (workspace, state.toldWide[workspace].map { now - $0 >= pace.wide } ?? true)
            }
        }
        for (workspace, isWide) in due {
            if isWide { await compareFigures(in: workspace) }
            send(in: workspace, all: isWide, at: now)
        }
    }

    private func send(in workspace: WorkspaceID, all: Bool, at now: ContinuousClock.Instant) {
        state.withLock { state in
            guard let names = state.news[workspace]?.take(all: all) else { return }
            if all { state.toldWide[workspace] = now }
            guard !names.isEmpty else { return }
            for (id, listener) in state.listeners where listener.workspace == workspace {
                state.listeners[id]?.hasMissed = Self.isMissed(by: listener, names)
            }
        }
    }

    private static func isMissed(by listener: Listener, _ names: [String]) -> Bool {
        switch listener.frames.yield(.events(listener.hasMissed ? ["gap"] : names)) {
        case .dropped: true
        default: false
        }
    }

    // MARK: Figures

    /// What stands beside the places changes with messages, jobs and alarms alike: it is compared, not reported.
    private func compareFigures(in workspace: WorkspaceID) async {
        do {
            let fresh = PageFigures(try await store.navigation(in: workspace), standing: standingAlarms())
            state.withLock { state in
                guard state.listeners.values.contains(where: { $0.workspace == workspace }) else { return }
                let changed = fresh.changes(since: state.figures[workspace])
                state.figures[workspace] = fresh
                if !changed.isEmpty { state.news[workspace, default: PageNews()].add(changed) }
            }
        } catch {
            logger.warning("the figures of open pages could not be read", metadata: ["error": "\(error)"])
        }
    }

    private func compareConversations(in workspace: WorkspaceID) async {
        do {
            let query = ConversationQuery(limit: RecentConversations.limit)
            let fresh = RecentConversations(try await store.conversations(query, in: workspace).items)
            let changed = state.withLock { state -> [ConversationID] in
                guard state.listeners.values.contains(where: { $0.workspace == workspace }) else { return [] }
                defer { state.recent[workspace] = fresh }
                return fresh.changes(since: state.recent[workspace])
            }
            changed.forEach { note(.conversation($0), in: workspace) }
            if !changed.isEmpty { note(.ledger, in: workspace) }
        } catch {
            logger.warning("what other nodes did could not be read", metadata: ["error": "\(error)"])
        }
    }

    func look() async {
        for workspace in state.withLock({ Set($0.listeners.values.map(\.workspace)) }) {
            await compareFigures(in: workspace)
            if hasNeighbours { await compareConversations(in: workspace) }
        }
        if state.withLock({ $0.news.values.contains { !$0.isEmpty } }) { signal.yield() }
    }

    func beat() {
        let now = store.now()
        finish { $0.until <= now }
        let listeners = state.withLock { Array($0.listeners.values) }
        listeners.forEach { $0.frames.yield(.heartbeat) }
    }
}
