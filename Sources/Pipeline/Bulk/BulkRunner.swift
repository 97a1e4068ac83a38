import Domain
package import Logging
package import ServiceLifecycle
package import Store

/// Carries on what is done to many contacts, also what a restart interrupted. On several nodes all of them do; the
/// database lets one at a time go on with a change.
package struct BulkRunner: Service {
    private let store: Store
    private let logger: Logger

    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await carryOn()
                await pause(for: .seconds(1))
            }
        }
    }

    /// Every bulk action that is there now, to its end.
    package func carryOn() async {
        do {
            for (change, workspace) in try await store.openBulks() where !Task.isCancelled {
                await carryOn(change, in: workspace)
            }
        } catch {
            logger.error("bulk actions could not be looked for; trying again", metadata: ["error": "\(error)"])
        }
    }

    /// One that cannot go on holds up no other.
    private func carryOn(_ change: ChangeID, in workspace: WorkspaceID) async {
        do {
            while !Task.isCancelled, try await !store.advanceBulk(change, in: workspace) {
                // Others want to write, too.
                await pause(for: .milliseconds(5))
            }
        } catch {
            logger.error(
                "a bulk action could not be carried on; trying again",
                metadata: ["change": "\(change)", "error": "\(error)"])
        }
    }
}
