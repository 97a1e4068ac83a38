import Domain
import Logging
package import Store

/// Makes events of what the database noted for subscribers: on the node that holds the clock's lane, within a second of
/// the fact.
package struct HookPump: Sendable {
    private static let failure: Logger.Message = "what subscribers are to be told could not be read"
    private static let betweenSteps: Duration = .milliseconds(10)

    private let context: CourierContext
    private let pages: WebhookPages
    private let failures: StandingFailures

    package init(context: CourierContext, pages: WebhookPages) {
        self.context = context
        self.pages = pages
        failures = StandingFailures(logger: context.logger)
    }

    /// One step for each workspace in turn, until none has more to do: a busy one holds up no other.
    /// - Parameter goesOn: asked before each step.
    package func run(while goesOn: @Sendable () -> Bool) async {
        var waiting = await workspaces()
        while !waiting.isEmpty {
            var unfinished: [WorkspaceID] = []
            for workspace in waiting {
                guard goesOn() else { return }
                if await work(workspace) { unfinished.append(workspace) }
            }
            waiting = unfinished
            if !waiting.isEmpty { await pause(for: Self.betweenSteps) }
        }
    }

    private func workspaces() async -> [WorkspaceID] {
        do {
            let workspaces = try await context.store.workspaces()
            failures.clear(Self.failure)
            return workspaces
        } catch {
            failures.note(error, Self.failure)
            return []
        }
    }

    /// - Returns: whether there is more to do.
    private func work(_ workspace: WorkspaceID) async -> Bool {
        await context.giveWay()
        do {
            let step = try await context.store.makeWebhookEvents(pages: pages, in: workspace)
            failures.clear(Self.failure, in: workspace)
            context.wakeBoard.ring(step.lanes)
            if step.events > 0 { context.changes.publish(.webhooks, in: workspace) }
            return step.hasMore
        } catch {
            failures.note(error, Self.failure, in: workspace)
            return false
        }
    }
}
