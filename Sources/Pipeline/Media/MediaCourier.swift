package import Domain
import Logging
package import Store
package import WhatsApp

/// Fetches what customers sent, at once: Meta's addresses live five minutes. A lane of its own, so that a large file
/// never delays an answer.
package struct MediaCourier: LaneWorker {
    let context: CourierContext
    let number: NumberAccount
    let client: GraphClient
    let graphURL: String
    let folder: MediaFolder
    let policy: RetryPolicy

    package init(
        context: CourierContext, number: NumberAccount, client: GraphClient, graphURL: String, folder: MediaFolder,
        policy: RetryPolicy
    ) {
        self.context = context
        self.number = number
        self.client = client
        self.graphURL = graphURL
        self.folder = folder
        self.policy = policy
    }

    package func work(_ grip: LaneGrip) async {
        do {
            // Fetching again is harmless: nothing of it is uncertain.
            _ = try await context.store.rescue(grip, verifyAfter: .zero)
        } catch {
            return context.logger.error("a lane could not be taken up", metadata: ["error": "\(error)"])
        }
        var round = FetchRound(courier: self, grip: grip)
        while !Task.isCancelled, context.lease.mayAct {
            do {
                if try await round.run() == 0 { await round.rest() }
            } catch is LaneLost {
                context.logger.notice("lane lost", metadata: ["lane": "\(grip.lane)"])
                break
            } catch {
                context.logger.error("a round of fetching failed", metadata: ["error": "\(error)"])
                await pause(for: .milliseconds(500))
            }
        }
        await round.finish()
    }
}
