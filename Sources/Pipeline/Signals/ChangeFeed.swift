package import Domain
package import Store
import Synchronization

/// Tells open pages that something changed; they fetch it with their own rights. A slow listener loses the oldest
/// news, is told so by `.gap`, and loads its page anew.
package final class ChangeFeed: Sendable {
    package enum Change: Hashable, Sendable {
        case conversation(ConversationID)
        case ledger
        case deadLetters
        case connections
        case unrouted
        case webhooks
        case gap
    }

    private struct Listener {
        let workspace: WorkspaceID
        let continuation: AsyncStream<Change>.Continuation
    }

    /// A change and whom it concerns.
    struct News: Hashable, Sendable {
        let change: Change
        let workspace: WorkspaceID
    }

    private struct State {
        var outlet: (@Sendable ([News]) -> Void)?
        var listeners: [Int: Listener] = [:]
        var observers: [@Sendable (Change, WorkspaceID) -> Void] = []
        /// Those of which there was any news: a company has few.
        var workspaces: Set<WorkspaceID> = []
        var nextID = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// Changes of one workspace until the task that iterates ends.
    package func changes(in workspace: WorkspaceID) -> AsyncStream<Change> {
        let (stream, continuation) = AsyncStream.makeStream(of: Change.self, bufferingPolicy: .bufferingNewest(256))
        let id = state.withLock { state in
            state.nextID += 1
            state.listeners[state.nextID] = Listener(workspace: workspace, continuation: continuation)
            return state.nextID
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.listeners.removeValue(forKey: id) }
        }
        return stream
    }

    /// Hears every change of every workspace for as long as the feed lives, where it is published: it must be quick.
    package func observe(_ body: @escaping @Sendable (Change, WorkspaceID) -> Void) {
        state.withLock { $0.observers.append(body) }
    }

    package func publish(_ change: Change, in workspace: WorkspaceID) {
        publish([News(change: change, workspace: workspace)])
    }

    package func publish(_ report: RecordReport) {
        guard state.withLock({ !$0.listeners.isEmpty || !$0.observers.isEmpty || $0.outlet != nil }) else { return }
        let conversations = report.conversations.flatMap { workspace, ids in
            ids.map { News(change: .conversation($0), workspace: workspace) }
        }
        let notices = report.noticed.map { News(change: .connections, workspace: $0) }
        publish(conversations + report.workspaces.map { News(change: .ledger, workspace: $0) } + notices)
    }

    private func publish(_ news: [News]) {
        guard !news.isEmpty else { return }
        news.forEach(publishHere)
        state.withLock { $0.outlet }?(news)
    }

    /// Everything that is published here goes there as well; nil ends that.
    func setOutlet(_ outlet: (@Sendable ([News]) -> Void)?) {
        state.withLock { $0.outlet = outlet }
    }

    /// To this process's listeners only.
    func publishHere(_ news: News) {
        let (listeners, observers) = state.withLock { state in
            state.workspaces.insert(news.workspace)
            return (state.listeners.values.filter { $0.workspace == news.workspace }, state.observers)
        }
        observers.forEach { $0(news.change, news.workspace) }
        for listener in listeners {
            if case .dropped = listener.continuation.yield(news.change) { listener.continuation.yield(.gap) }
        }
    }

    /// News of other nodes were lost: every page loads anew.
    func publishGapHere() {
        let (listeners, observers, workspaces) = state.withLock {
            (Array($0.listeners.values), $0.observers, $0.workspaces)
        }
        for workspace in workspaces { observers.forEach { $0(.gap, workspace) } }
        for listener in listeners { listener.continuation.yield(.gap) }
    }
}
