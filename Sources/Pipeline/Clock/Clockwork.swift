package import Domain
import Logging
package import Store

/// What happens by the clock, on the one node that holds the lane `clock`: settling, reminding, pruning, and the questions for consent.
package struct Clockwork: LaneWorker {
    package struct Settings: Sendable {
        /// How long a send may stay uncertain before it becomes a dead letter.
        package var uncertainPatience: Duration = .minutes(5)
        /// A person is reminded this long before a dead letter is due.
        package var reminderLead: Duration = .hours(2)
        package var policy = RetryPolicy()
        package var retention = Retention()
        /// Of the addresses in what subscribers are told.
        package var pages = WebhookPages(publicURL: nil)

        package init() {}
    }

    /// How often Meta is asked for all templates and numbers.
    private static let accountsEvery: Duration = .hours(1)
    private static let orphansEvery: Duration = .minutes(1)
    private static let housekeepingEvery: Duration = .minutes(5)
    /// People wait for an export, and look on while somebody is erased.
    private static let rightsEvery: Duration = .seconds(1)
    /// Of what subscribers are told within a second.
    private static let hooksEvery: Duration = .milliseconds(250)

    let context: CourierContext
    let settings: Settings
    let templates: TemplateRefresh
    let numbers: NumberRefresh
    let cleaning: MediaCleaning
    let rights: DataRightsWork
    let orphans: OrphanedPushes
    private let duplicates: DuplicateKeeper
    private let labelRules: LabelRuleKeeper
    private let hooks: HookPump

    package init(
        context: CourierContext, settings: Settings, templates: TemplateRefresh, numbers: NumberRefresh,
        cleaning: MediaCleaning, rights: DataRightsWork, orphans: OrphanedPushes
    ) {
        self.context = context
        self.settings = settings
        self.templates = templates
        self.numbers = numbers
        self.cleaning = cleaning
        self.rights = rights
        self.orphans = orphans
        duplicates = DuplicateKeeper(context: context)
        labelRules = LabelRuleKeeper(context: context)
        hooks = HookPump(context: context, pages: settings.pages)
    }

    /// Loops of their own: a long prune, an account that does not answer, a person with a million messages or a million
    /// contacts to compare hold up no dead
    /// letter and no reminder.
    package func work(_ grip: LaneGrip) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await again(after: Self.housekeepingEvery) { await keepHouse() } }
            group.addTask { await keepAccounts() }
            group.addTask { await again(after: Self.orphansEvery) { await orphans.end() } }
            group.addTask { await again(after: .seconds(2)) { await duplicates.run { goesOn } } }
            group.addTask { await again(after: .seconds(5)) { await duplicates.pass { goesOn } } }
            group.addTask { await again(after: .seconds(1)) { await labelRules.run { goesOn } } }
            group.addTask { await again(after: .seconds(1)) { await labelRules.pass { goesOn } } }
            group.addTask { await again(after: Self.hooksEvery) { await hooks.run { goesOn } } }
            group.addTask { await again(after: Self.rightsEvery) { await rights.erase { goesOn } } }
            group.addTask { await again(after: Self.rightsEvery) { await rights.export { goesOn } } }
            while goesOn {
                await settle()
                await context.wakeBoard.wait(for: .lane(grip.lane), atMost: .seconds(5))
            }
            group.cancelAll()
        }
    }

    private var goesOn: Bool { !Task.isCancelled && context.lease.mayAct }

    private func again(after interval: Duration, _ work: () async -> Void) async {
        while goesOn {
            await work()
            await pause(for: interval)
        }
    }

    private func keepAccounts() async {
        while goesOn {
            // An account that does not answer is asked again in a minute.
            let isDone = await refreshAccounts()
            await pause(for: isDone ? Self.accountsEvery : .minutes(1))
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
            context.publish(given.report)
            let due = try await context.store.remindOfDeadLetters(before: settings.reminderLead)
            try await context.store.clearPortfolioAlarms()
            let questions = try await context.store.keepQuestions()
            context.publish(questions.report)
            if questions.reminded + questions.expired > 0 {
                context.logger.info(
                    "questions for consent",
                    metadata: ["reminded": "\(questions.reminded)", "expired": "\(questions.expired)"])
            }
            if given.count + due > 0 {
                context.logger.notice("settled", metadata: ["may_have_been_sent": "\(given.count)", "due": "\(due)"])
            }
        } catch {
            context.logger.error("settling failed; trying again", metadata: ["error": "\(error)"])
        }
    }

    /// PostgreSQL's days: the next ones are made, the past ones dropped. A lock that is not to be had now is to be had in
    /// five minutes.
    private func keepDays(_ retention: Retention) async throws {
        do {
            try await DayPartitions(context.store.database).prepare()
            let dropped = try await context.store.dropPastDays(retention)
            if dropped > 0 { context.logger.notice("dropped past days", metadata: ["rows": "\(dropped)"]) }
        } catch SQLError.timedOut(let reason) {
            context.logger.notice("days could not be changed now", metadata: ["reason": "\(reason)"])
        }
    }

    /// Deletes what is past its time, the files of it, and gives the room back to the disk. In slices, with pauses, so
    /// that nothing else waits long.
    package func keepHouse() async {
        let goesOn: @Sendable () async -> Bool = {
            await pause(for: .milliseconds(20))
            return self.goesOn
        }
        do {
            let retention = try await context.store.longest(settings.retention)
            try await keepDays(retention)
            try await context.store.prune(retention, while: goesOn)
            try await rights.keepRules(settings.retention, while: goesOn)
            try await context.store.keepCoverage()
            try await cleaning.run(while: goesOn)
            while try await context.store.compactSlice(), await goesOn() {}
        } catch {
            context.logger.error("keeping house failed; trying again", metadata: ["error": "\(error)"])
        }
    }
}
