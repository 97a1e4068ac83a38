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
        case gap
    }

    private struct Listener {
        let workspace: WorkspaceID
        let continuation: AsyncStream<Change>.Continuation
    }

    private struct State {
        var listeners: [Int: Listener] = [:]
        var observers: [@Sendable (Change, WorkspaceID) -> Void] = []
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
        let (listeners, observers) = state.withLock { state in
            (state.listeners.values.filter { $0.workspace == workspace }, state.observers)
        }
        observers.forEach { $0(change, workspace) }
        for listener in listeners {
            if case .dropped = listener.continuation.yield(change) { listener.continuation.yield(.gap) }
        }
    }

    package func publish(_ report: RecordReport) {
        guard state.withLock({ !$0.listeners.isEmpty || !$0.observers.isEmpty }) else { return }
        for (workspace, conversations) in report.conversations {
            conversations.forEach { publish(.conversation($0), in: workspace) }
        }
        report.workspaces.forEach { publish(.ledger, in: $0) }
    }
}
