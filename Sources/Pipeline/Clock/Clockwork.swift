package import Domain
import Logging
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

    /// How often Meta is asked for all templates and numbers.
    private static let accountsEvery: Duration = .hours(1)

    let context: CourierContext
    let settings: Settings
    let templates: TemplateRefresh
    let numbers: NumberRefresh
    let cleaning: MediaCleaning

    package init(
        context: CourierContext, settings: Settings, templates: TemplateRefresh, numbers: NumberRefresh,
        cleaning: MediaCleaning
    ) {
        self.context = context
        self.settings = settings
        self.templates = templates
        self.numbers = numbers
        self.cleaning = cleaning
    }

    package func work(_ grip: LaneGrip) async {
        var lastPrune = ContinuousClock.Instant.now - .hours(1)
        var lastAccounts = ContinuousClock.Instant.now - Self.accountsEvery - .seconds(1)
        while !Task.isCancelled, context.lease.mayAct {
            await settle()
            if ContinuousClock.Instant.now - lastPrune > .minutes(5) {
                await prune()
                lastPrune = .now
            }
            if ContinuousClock.Instant.now - lastAccounts > Self.accountsEvery {
                // An account that does not answer is asked again in a minute.
                lastAccounts = await refreshAccounts() ? .now : .now - Self.accountsEvery + .minutes(1)
            }
            await context.wakeBoard.wait(for: .lane(grip.lane), atMost: .seconds(5))
        }
    }

    private func refreshAccounts() async -> Bool {
        do {
            let failures = try await (numbers.run(), templates.run())
            return failures.0.isEmpty && failures.1.isEmpty
        } catch {
            context.logger.error("what Meta says of the accounts could not be stored", metadata: ["error": "\(error)"])
            return false
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

    /// PostgreSQL's days: the next ones are made, the past ones dropped. A lock that is not to be had now is to be had in
    /// five minutes.
    private func keepDays() async throws {
        do {
            try await DayPartitions(context.store.database).prepare()
            let dropped = try await context.store.dropPastDays(settings.retention)
            if dropped > 0 { context.logger.notice("dropped past days", metadata: ["rows": "\(dropped)"]) }
        } catch SQLError.timedOut(let reason) {
            context.logger.notice("days could not be changed now", metadata: ["reason": "\(reason)"])
        }
    }

    package func prune() async {
        do {
            try await keepDays()
            while try await context.store.pruneSlice(settings.retention) > 0, !Task.isCancelled {
                await pause(for: .milliseconds(20))
            }
            while try await cleaning.run() > 0, !Task.isCancelled {
                await pause(for: .milliseconds(20))
            }
        } catch {
            context.logger.error("pruning failed; trying again", metadata: ["error": "\(error)"])
        }
    }
}
