package import Domain
package import Logging
package import Store
package import WhatsApp

/// Hands the messages of one business number to Meta: in order for each customer, within Meta's limits, each at most
/// once.
package struct SendCourier: LaneWorker {
    package struct Settings: Sendable {
        /// Meta's throughput for a number, all customers together.
        package var perSecond = 80.0
        /// One message to one customer each six seconds, with a burst borrowed from the future.
        package var pairPerSecond = 1.0 / 6
        package var pairBurst = 45.0
        package var policy = RetryPolicy()
        /// R3's quick repetition of sends whose outcome nobody knows, chosen by the company: a customer may then get a
        /// message twice.
        package var repeatsUncertain = false

        package init() {}
    }

    let context: CourierContext
    let number: NumberAccount
    let client: GraphClient
    let graphURL: String
    let uploads: MediaUploads
    let settings: Settings

    package init(
        context: CourierContext, number: NumberAccount, client: GraphClient, graphURL: String, uploads: MediaUploads,
        settings: Settings
    ) {
        self.context = context
        self.number = number
        self.client = client
        self.graphURL = graphURL
        self.uploads = uploads
        self.settings = settings
    }

    package func work(_ grip: LaneGrip) async {
        do {
            try await rescue(grip)
        } catch {
            return context.logger.error("a lane could not be taken up", metadata: ["error": "\(error)"])
        }
        var round = SendRound(courier: self, grip: grip)
        while !Task.isCancelled, context.lease.mayAct {
            do {
                if try await round.run() == 0 { await round.rest() }
            } catch is LaneLost {
                context.logger.notice("lane lost", metadata: ["lane": "\(grip.lane)"])
                break
            } catch {
                context.logger.error("a round of sends failed", metadata: ["error": "\(error)"])
                await recover(&round, from: error)
            }
        }
        await round.finish()
    }

    /// While the database is away the outcomes stay in hand; else one of them is at fault.
    private func recover(_ round: inout SendRound, from error: any Error) async {
        await pause(for: .milliseconds(500))
        guard !error.isOfLane else { return }
        do {
            try await round.settleOneByOne()
        } catch {
            context.logger.error("outcomes of sends could not be written", metadata: ["error": "\(error)"])
        }
    }

    /// - Parameter begun: for what this very grip has left behind: of which jobs a request may have left. Nil when the lane
    ///   is taken up: nothing is its own yet.
    func rescue(_ grip: LaneGrip, begun: Set<JobID>? = nil) async throws {
        let rescue = try await context.store.rescue(
            grip, verifyAfter: nil, includingOwn: begun != nil, begun: begun)
        context.publish(rescue.report)
        guard rescue.mayHaveLeft > 0 else { return }
        context.logger.warning(
            "sends may have left", metadata: ["lane": "\(grip.lane)", "count": "\(rescue.mayHaveLeft)"])
    }

    /// What a limit or a dead token at Meta covers here.
    var pauseKeys: [PauseScope: String] { number.pauseKeys }
}
