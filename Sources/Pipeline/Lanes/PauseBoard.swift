package import Domain
package import Logging
package import Store
import Synchronization

/// Which scopes are paused, read from the database twice a second, so that a pause made by one node stops all.
package final class PauseBoard: Sendable {
    private struct State {
        var pauses: [Pause] = []
        var readAt: ContinuousClock.Instant?
    }

    private let store: Store
    private let logger: Logger
    private let state = Mutex(State())

    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// The pause that stops a lane, if any; one that a person made before others.
    package func pause(in workspace: WorkspaceID, covering keys: [PauseScope: String]) async -> Pause? {
        await refresh()
        let now = store.now()
        return state.withLock { state in
            let holding = state.pauses.filter { pause in
                pause.workspace == workspace && keys[pause.scope] == pause.key && (pause.until.map { $0 > now } ?? true)
            }
            return holding.first(where: \.isByPerson) ?? holding.first
        }
    }

    package func add(
        _ failure: CallFailure, keys: [PauseScope: String], in workspace: WorkspaceID
    ) async {
        guard let key = keys[failure.scope] else { return }
        let until: Timestamp?
        switch failure.kind {
        case .throttled(let wait): until = store.now() + wait
        case .accountWide: until = nil
        default: return
        }
        do {
            try await store.pause(failure.scope, key: key, in: workspace, failure: failure, until: until)
            state.withLock { $0.readAt = nil }
        } catch {
            logger.error("a pause could not be written", metadata: ["error": "\(error)"])
        }
    }

    /// What only a person could mend works again: everything in its scope goes on, and the alarm is over.
    func remove(_ pause: Pause) async {
        do {
            try await store.resume(pause.scope, key: pause.key, in: pause.workspace)
            state.withLock { $0.readAt = nil }
            logger.notice("a pause is over", metadata: ["scope": "\(pause.scope)", "code": "\(pause.code)"])
        } catch {
            logger.error("a pause could not be ended", metadata: ["error": "\(error)"])
        }
    }

    /// Pauses each scope that one of the calls' failures names, once.
    func add(_ failures: [CallFailure?], keys: [PauseScope: String], in workspace: WorkspaceID) async {
        var done: Set<PauseScope> = [.message, .pair]
        for failure in failures.compactMap(\.self) where done.insert(failure.scope).inserted {
            await add(failure, keys: keys, in: workspace)
        }
    }

    private func refresh() async {
        let isFresh = state.withLock { state in
            state.readAt.map { ContinuousClock.now - $0 < .milliseconds(500) } ?? false
        }
        guard !isFresh else { return }
        do {
            let pauses = try await store.pauses()
            state.withLock { $0 = State(pauses: pauses, readAt: .now) }
        } catch {
            logger.warning("pauses could not be read; those known hold", metadata: ["error": "\(error)"])
        }
    }
}
