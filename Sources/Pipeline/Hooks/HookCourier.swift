package import Domain
import Logging
package import OutboundHTTP
package import Store

/// Tells one subscriber what happens: each event in a call of its own, signed, until it is taken or given up.
///
/// A call may be repeated at any time: the receiver knows an event by its id. So nothing has to be marked before it
/// leaves, and whoever takes the lane over begins with what is not settled.
package struct HookCourier: LaneWorker {
    package struct Settings: Sendable {
        package var schedule = HookSchedule()
        /// Calls under way at once.
        package var maxConcurrentCalls = 8
        /// Without an answer for so long, a call has failed.
        package var deadline: Duration = .seconds(10)
        /// A subscriber where nothing has arrived for so long, though it was tried, is switched off.
        package var offAfter: Duration = .days(3)

        package init() {}
    }

    let context: CourierContext
    let http: OutboundClient
    let settings: Settings

    /// - Parameter client: with the guard for addresses that a person typed.
    package init(context: CourierContext, client: OutboundClient, settings: Settings) {
        self.context = context
        http = client
        self.settings = settings
    }

    package func work(_ grip: LaneGrip) async {
        var round = HookRound(courier: self, grip: grip)
        while !Task.isCancelled, context.lease.mayAct {
            do {
                if try await round.run() == 0 { await round.rest() }
            } catch is LaneLost {
                context.logger.notice("lane lost", metadata: ["lane": "\(grip.lane)"])
                break
            } catch {
                context.logger.error("a round to a subscriber failed", metadata: ["error": "\(error)"])
                await pause(for: .milliseconds(500))
            }
        }
        await round.finish()
    }
}
