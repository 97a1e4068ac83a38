import Domain
import Logging
import Store

/// Puts labels on by rules: on the node that holds the clock's lane, in small steps between which everybody else gets
/// their turn. Who changed is asked for within a second or two; everybody when a rule changed, and every now and then.
package struct LabelRuleKeeper: Sendable {
    private static let betweenSteps: Duration = .milliseconds(10)

    private let context: CourierContext
    private let failures: StandingFailures

    package init(context: CourierContext) {
        self.context = context
        failures = StandingFailures(logger: context.logger)
    }

    /// Whoever changed.
    /// - Parameter goesOn: asked before each step.
    package func run(while goesOn: @escaping @Sendable () -> Bool) async {
        let failure: Logger.Message = "label rules could not be applied to contacts that changed"
        await inTurn(while: goesOn, failure) { workspace in
            try await context.store.askLabelRulesOfChanged(in: workspace)
        }
    }

    /// Everybody, where that is due.
    package func pass(while goesOn: @escaping @Sendable () -> Bool) async {
        let failure: Logger.Message = "label rules could not be applied to all contacts"
        await inTurn(while: goesOn, failure) { workspace in
            guard try await context.store.beginLabelRulePass(in: workspace) else { return nil }
            return try await context.store.goOnWithLabelRulePass(in: workspace)
        }
    }

    /// One step for each workspace in turn, until none has more to do: a large one holds up no other, nor does one whose
    /// step fails; that one waits for the next round.
    /// - Parameter step: nil: there is nothing to do.
    private func inTurn(
        while goesOn: @Sendable () -> Bool, _ failure: Logger.Message,
        _ step: (WorkspaceID) async throws -> LabelRuleStep?
    ) async {
        var waiting = await workspaces(failure)
        while !waiting.isEmpty {
            var unfinished: [WorkspaceID] = []
            for workspace in waiting {
                guard goesOn() else { return }
                if await work(workspace, failure, step) { unfinished.append(workspace) }
            }
            waiting = unfinished
            if !waiting.isEmpty { await pause(for: Self.betweenSteps) }
        }
    }

    private func workspaces(_ failure: Logger.Message) async -> [WorkspaceID] {
        do {
            let workspaces = try await context.store.workspaces()
            failures.clear(failure)
            return workspaces
        } catch {
            failures.note(error, failure)
            return []
        }
    }

    /// - Returns: whether there is more to do.
    private func work(
        _ workspace: WorkspaceID, _ failure: Logger.Message, _ step: (WorkspaceID) async throws -> LabelRuleStep?
    ) async -> Bool {
        do {
            let done = try await step(workspace)
            failures.clear(failure, in: workspace)
            guard let done else { return false }
            context.publish(done.report)
            return done.hasMore
        } catch {
            failures.note(error, failure, in: workspace)
            return false
        }
    }
}
