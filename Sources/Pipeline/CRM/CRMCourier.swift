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
        package var policy = RetryPolicy()
        /// For links from the CRM back to the conversation; nil without a public address.
        package var publicURL: String?
        package var region = "ES"
        /// How often changes are read that no webhook told of.
        package var sweepEvery: Duration = .minutes(5)

        package init() {}
    }

    let context: CourierContext
    let account: ConnectionAccount
    let connector: any Connector
    let settings: Settings

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
            _ = try await context.store.rescue(grip, verifyAfter: verifyAfter)
        } catch {
            return context.logger.error("a lane could not be taken up", metadata: ["error": "\(error)"])
        }
        await prepare()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var sweep = CRMSweep(courier: self, grip: grip)
                await sweep.run()
            }
            await carry(grip)
            group.cancelAll()
        }
    }

    private func carry(_ grip: LaneGrip) async {
        var round = CRMRound(courier: self, grip: grip)
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
        await round.finish()
    }

    /// While the database is away the outcomes stay in hand; else one of them is at fault.
    private func recover(_ round: inout CRMRound, from error: any Error) async {
        await pause(for: .milliseconds(500))
        guard let error = error as? SQLError, !error.isOfTheDatabase else { return }
        do {
            try await round.settleOneByOne()
        } catch {
            context.logger.error("outcomes of activities could not be written", metadata: ["error": "\(error)"])
        }
    }

    /// The fields that the upsert stands on: nothing is written before they are there. While the CRM is away or busy
    /// this waits with the jobs; what only a person can mend is shown by the first job that needs it.
    private func prepare() async {
        while !Task.isCancelled, context.lease.mayAct {
            do {
                let created = try await connector.prepare()
                if !created.isEmpty {
                    context.logger.notice("made in the CRM", metadata: ["fields": "\(created.joined(separator: ", "))"])
                }
                return
            } catch {
                context.logger.warning(
                    "the CRM could not be prepared",
                    metadata: ["connector": "\(account.slug)", "code": "\(error.code)"])
                switch error.kind {
                case .permanent, .accountWide: return
                case .throttled(let wait): await pause(for: min(wait, .seconds(10)))
                case .transient, .unknown, .unreachable: await pause(for: .seconds(1))
                }
            }
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

    var pauseKeys: [PauseScope: String] { account.pauseKeys }
}
