package import CRM
package import Domain
package import Logging
package import Store

/// Brings messages and their news to one CRM account: in order for each contact, in batches, each exactly once where
/// the CRM lets us know.
package struct CRMCourier: LaneWorker {
    package struct Settings: Sendable {
        /// Batches under way at once (R20 starts at 50 requests a second; batches of 100 need few).
        package var maxConcurrentCalls = 8
        /// Messages and contacts written in any 60 seconds at most (R7); nil: as many as the vendor takes.
        package var recordsPerMinute: Int?
        /// How busy this machine's processors are, from 0 to 1 (R20); nil where nobody knows.
        package var cpu: @Sendable () -> Double? = { nil }
        /// Above this share of them calls are slowed down; 1: never.
        package var busyCPU = CallGovernor.busyCPU
        package var policy = RetryPolicy()
        /// For links from the CRM back to the conversation, and for what the CRM tells of; nil without a public address.
        package var publicURL: String?
        package var region = "ES"
        /// The last day of the account's credentials, where the operator said so.
        package var credentialEnds: CivilDate?
        /// How often changes are read that no webhook told of.
        package var sweepEvery: Duration = .minutes(5)
        /// How often every linked contact is compared with its record, whether anybody told of a change or not.
        package var compareEvery: Duration = .hours(24 * 7)
        /// A connection without a mapping gets the one that fits its kind.
        package var keepsContactsAlike = true

        package init() {}
    }

    let context: CourierContext
    let account: ConnectionAccount
    let connector: any Connector
    let settings: Settings
    let missing = MissingFields()

    package init(
        context: CourierContext, account: ConnectionAccount, connector: any Connector, settings: Settings
    ) {
        self.context = context
        self.account = account
        self.connector = connector
        self.settings = settings
    }

    package func work(_ grip: LaneGrip) async {
        do {
            context.publish(try await context.store.rescue(grip, verifyAfter: verifyAfter).report)
        } catch {
            return context.logger.error("a lane could not be taken up", metadata: ["error": "\(error)"])
        }
        let preparation = CRMPreparation()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await learnPages() }
            let besides: [@Sendable () async -> Void] = [
                {
                    var sweep = CRMSweep(courier: self, grip: grip, preparation: preparation)
                    await sweep.run()
                },
                { await CRMCredentials(courier: self, grip: grip).run() },
                { await CRMFieldWatch(courier: self, grip: grip, preparation: preparation).run() },
                {
                    var push = CRMPush(courier: self, grip: grip)
                    await push.run()
                },
                {
                    var pump = SyncPump(courier: self, grip: grip)
                    await pump.run()
                },
                {
                    var backfill = CRMBackfill(courier: self, grip: grip, preparation: preparation)
                    await backfill.run()
                },
            ]
            for work in besides { group.addTask { await goOn(with: work) } }
            var round = CRMRound(courier: self, grip: grip, preparation: preparation)
            await carry(&round, grip)
            // While the last calls end, the sweep does too.
            group.cancelAll()
            await round.finish()
        }
    }

    /// What runs beside the rounds lives as long as they do: it ends when the lease is in doubt for a moment, which the rounds
    /// need not notice, and nobody else would begin it again.
    private func goOn(with work: @Sendable () async -> Void) async {
        while !Task.isCancelled {
            await work()
            await pause(for: .milliseconds(500))
        }
    }

    private func carry(_ round: inout CRMRound, _ grip: LaneGrip) async {
        while !Task.isCancelled, context.lease.mayAct {
            do {
                if try await round.run() == 0 { await round.rest() }
            } catch is LaneLost {
                context.logger.notice("lane lost", metadata: ["lane": "\(grip.lane)"])
                break
            } catch {
                context.logger.error("a round to the CRM failed", metadata: ["error": "\(error)"])
                await recover(&round, from: error)
            }
        }
    }

    /// While the database is away the outcomes stay in hand; else one of them is at fault.
    private func recover(_ round: inout CRMRound, from error: any Error) async {
        await pause(for: .milliseconds(500))
        guard !error.isOfLane else { return }
        do {
            try await round.settleOneByOne()
        } catch {
            context.logger.error("outcomes of activities could not be written", metadata: ["error": "\(error)"])
        }
    }

    /// Makes the fields that the upsert stands on.
    /// - Returns: why they are not there; nil when they are.
    func prepare() async -> CallFailure? {
        do {
            let created = try await connector.prepare()
            if !created.isEmpty {
                context.logger.notice("made in the CRM", metadata: ["fields": "\(created.joined(separator: ", "))"])
            }
            await seedMapping()
            return nil
        } catch {
            context.logger.warning(
                "the CRM could not be prepared", metadata: ["connector": "\(account.slug)", "code": "\(error.code)"])
            return error
        }
    }

    /// For links in the console only: what fails is asked again when the lane is taken up next.
    private func learnPages() async {
        do {
            guard let pages = try await connector.pages() else { return }
            try await context.store.setPages(
                account: pages.account, contact: pages.contact, of: account.id, in: account.workspace)
        } catch {
            context.logger.info(
                "the CRM's pages are not known", metadata: ["connector": "\(account.slug)", "error": "\(error)"])
        }
    }

    /// What a node that went silent in mid-call leaves behind is looked for only when its last request has certainly
    /// ended and the CRM's index has seen what it did.
    var verifyAfter: Duration? {
        switch connector.capabilities.activityWrites {
        case .idempotent: .zero
        case .findable(let delay): delay + .seconds(12)
        case .appendOnly: nil
        }
    }

    /// How the CRM takes a repeated creation.
    var creationWrites: RepeatableWrites {
        switch connector.capabilities.activityWrites {
        case .idempotent: .always
        case .findable(let delay): .afterLooking(delay: delay)
        case .appendOnly: .never
        }
    }

    /// - Returns: why the CRM does not do its part; nil when it does.
    func ping() async -> CallFailure? {
        do {
            try await connector.ping()
            return nil
        } catch {
            return error
        }
    }

    var pauseKeys: [PauseScope: String] { account.pauseKeys }
}
