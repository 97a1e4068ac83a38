import Domain
import Logging
import Store

/// Puts labels on by rules: on the node that holds the clock's lane, in small steps between which everybody else gets
/// their turn. Who changed is asked for within a second or two; everybody when a rule changed, and every now and then.
package struct LabelRuleKeeper: Sendable {
    private static let betweenSteps: Duration = .milliseconds(10)

    private let context: CourierContext

    package init(context: CourierContext) {
        self.context = context
    }

    /// Whoever changed.
    /// - Parameter goesOn: asked before each step.
    package func run(while goesOn: @escaping @Sendable () -> Bool) async {
        await keep("label rules could not be applied to contacts that changed; trying again") {
            for workspace in try await context.store.workspaces() {
                try await repeatedly(while: goesOn) { try await context.store.askLabelRulesOfChanged(in: workspace) }
            }
        }
    }

    /// Everybody, where that is due.
    package func pass(while goesOn: @escaping @Sendable () -> Bool) async {
        await keep("label rules could not be applied to all contacts; trying again") {
            for workspace in try await context.store.workspaces() {
                guard try await context.store.beginLabelRulePass(in: workspace) else { continue }
                try await repeatedly(while: goesOn) { try await context.store.goOnWithLabelRulePass(in: workspace) }
            }
        }
    }

    private func repeatedly(
        while goesOn: @Sendable () -> Bool, _ step: () async throws -> LabelRuleStep
    ) async throws {
        var hasMore = true
        while hasMore, goesOn() {
            let done = try await step()
            context.publish(done.report)
            hasMore = done.hasMore
            if hasMore { await pause(for: Self.betweenSteps) }
        }
    }

    private func keep(_ failure: Logger.Message, _ work: () async throws -> Void) async {
        do {
            try await work()
        } catch {
            context.logger.error(failure, metadata: ["error": "\(error)"])
        }
    }
}
