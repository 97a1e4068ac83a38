import Domain
import Logging
package import Store

/// Looks for contacts that may be one person, and merges the lists that people have reviewed: by the clock, on the node
/// that holds its lane, in small steps between which everybody else gets their turn.
package struct DuplicateKeeper: Sendable {
    /// All contacts are compared once a day, for what no change told of.
    private static let passEvery: Duration = .hours(24)
    private static let betweenSteps: Duration = .milliseconds(20)

    private let context: CourierContext

    package init(context: CourierContext) {
        self.context = context
    }

    /// Everything that is due now.
    /// - Parameter goesOn: asked before each step.
    package func run(while goesOn: @escaping @Sendable () -> Bool) async {
        await keep("lists of duplicates could not be merged; trying again") { try await merge(while: goesOn) }
        await keep("contacts could not be compared; trying again") { try await compareChanged(while: goesOn) }
    }

    /// The pass over all contacts, where one is due or was asked for.
    package func pass(while goesOn: @escaping @Sendable () -> Bool) async {
        await keep("contacts could not be compared; trying again") {
            for workspace in try await context.store.duplicatePassesDue(after: Self.passEvery) {
                try await context.store.beginDuplicatePass(in: workspace)
                while goesOn(), try await context.store.goOnWithDuplicatePass(in: workspace) {
                    await pause(for: Self.betweenSteps)
                }
            }
        }
    }

    private func merge(while goesOn: @escaping @Sendable () -> Bool) async throws {
        for (batch, workspace) in try await context.store.busyMergeBatches() {
            while goesOn() {
                let step = try await context.store.goOnWithMergeBatch(batch, in: workspace)
                context.publish(step.report)
                guard step.hasMore else { break }
            }
        }
    }

    private func compareChanged(while goesOn: @escaping @Sendable () -> Bool) async throws {
        for workspace in try await context.store.workspaces() {
            while goesOn(), try await context.store.compareChangedContacts(in: workspace) {
                await pause(for: Self.betweenSteps)
            }
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
