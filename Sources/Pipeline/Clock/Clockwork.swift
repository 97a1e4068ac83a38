package import Domain
package import Store

/// What happens by the clock, on the one node that holds the lane `clock`: settling, reminding, pruning.
package struct Clockwork: LaneWorker {
    package struct Settings: Sendable {
        /// How long a send may stay uncertain before it becomes a dead letter.
        package var uncertainPatience: Duration = .minutes(5)
        /// A person is reminded this long before a dead letter is due.
        package var reminderLead: Duration = .hours(2)
        package var policy = RetryPolicy()
        package var retention = Retention()

        package init() {}
    }

    let context: CourierContext
    let settings: Settings

    package init(context: CourierContext, settings: Settings) {
        self.context = context
        self.settings = settings
    }

    package func work(_ grip: LaneGrip) async {
        var lastPrune = ContinuousClock.Instant.now - .hours(1)
        while !Task.isCancelled, context.lease.mayAct {
            await settle()
            if ContinuousClock.Instant.now - lastPrune > .minutes(5) {
                await prune()
                lastPrune = .now
            }
            await context.wakeBoard.wait(for: .lane(grip.lane), atMost: .seconds(5))
        }
    }

    package func settle() async {
        do {
            let given = try await context.store.settleUncertain(
                after: settings.uncertainPatience, policy: settings.policy)
            let due = try await context.store.remindOfDeadLetters(before: settings.reminderLead)
            if given + due > 0 {
                context.logger.notice("settled", metadata: ["may_have_been_sent": "\(given)", "due": "\(due)"])
            }
        } catch {
            context.logger.error("settling failed; trying again", metadata: ["error": "\(error)"])
        }
    }

    package func prune() async {
        do {
            while try await context.store.pruneSlice(settings.retention) > 0, !Task.isCancelled {
                await pause(for: .milliseconds(20))
            }
        } catch {
            context.logger.error("pruning failed; trying again", metadata: ["error": "\(error)"])
        }
    }
}
