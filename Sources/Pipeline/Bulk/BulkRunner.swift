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

    /// Every bulk action that is there, to its end: a slice of each in turn, so that one for few people does not wait for
    /// one for a million. One that cannot go on holds up no other.
    package func carryOn() async {
        var stuck: Set<ChangeID> = []
        do {
            while !Task.isCancelled {
                let open = try await store.openBulks().filter { !stuck.contains($0.change) }
                guard !open.isEmpty else { return }
                for (change, workspace) in open where !Task.isCancelled {
                    if await !advance(change, in: workspace) { stuck.insert(change) }
                    // Others want to write, too.
                    await pause(for: .milliseconds(5))
                }
            }
        } catch {
            logger.error("bulk actions could not be looked for; trying again", metadata: ["error": "\(error)"])
        }
    }

    /// - Returns: whether it could go on.
    private func advance(_ change: ChangeID, in workspace: WorkspaceID) async -> Bool {
        do {
            try await store.advanceBulk(change, in: workspace)
            return true
        } catch {
            logger.error(
                "a bulk action could not be carried on; trying again",
                metadata: ["change": "\(change)", "error": "\(error)"])
            return false
        }
    }
}
