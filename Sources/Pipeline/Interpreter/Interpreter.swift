package import Domain
package import Logging
package import ServiceLifecycle
package import Store
import WhatsApp

/// Turns raw bodies into facts and jobs. One body that cannot be interpreted never stops its neighbours.
package struct Interpreter: Service {
    /// A body seen this often without an outcome is set aside.
    private static let maxAttempts = 3
    /// Between two looks at the accounts, and for what other nodes left behind.
    private static let refreshInterval: Duration = .seconds(5)

    let store: Store
    let routes: Routes
    let wakeBoard: WakeBoard
    let changes: ChangeFeed
    let logger: Logger
    /// Goes first when there is more to do than the machine can.
    private let log: IntakeLog?
    private let lease: LeaseClock?
    /// Tests only: ends the process on bodies that say so.
    let trap: (@Sendable ([UInt8]) -> Bool)?
    private let leftovers = ClaimLeftovers()
    private let decoder = WorkThread("puente.interpreter")

    /// - Parameter lease: nothing is claimed before this node has its number; nil where it has one from the beginning.
    package init(
        store: Store, routes: Routes, wakeBoard: WakeBoard, changes: ChangeFeed, logger: Logger,
        lease: LeaseClock? = nil, givingWayTo log: IntakeLog? = nil, trap: (@Sendable ([UInt8]) -> Bool)? = nil
    ) {
        self.store = store
        self.routes = routes
        self.wakeBoard = wakeBoard
        self.changes = changes
        self.logger = logger
        self.log = log
        self.lease = lease
        self.trap = trap
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await refresh()
            while let lease, !lease.mayAct, !Task.isCancelled { await pause(for: .milliseconds(20)) }
            await withDiscardingTaskGroup { group in
                group.addTask { await refreshNowAndThen() }
                group.addTask {
                    while !Task.isCancelled {
                        await interpretWaiting(.live)
                        await wakeBoard.wait(for: .intake, atMost: .seconds(1))
                    }
                }
                group.addTask {
                    while !Task.isCancelled {
                        await interpretWaiting(.bulk)
                        await pause(for: .milliseconds(200))
                    }
                }
            }
        }
    }

    private func refreshNowAndThen() async {
        while !Task.isCancelled {
            await pause(for: Self.refreshInterval)
            await refresh()
        }
    }

    private func refresh() async {
        do {
            try await routes.refresh(from: store)
            // One process alone has an embedded database: what its predecessor left was rescued when it joined.
            guard store.database.dialect == .postgres else { return }
            let rescued = try await store.rescueBodies()
            if rescued > 0 { logger.notice("rescued bodies", metadata: ["count": "\(rescued)"]) }
        } catch {
            logger.warning("the accounts could not be read; going on with those known", metadata: ["error": "\(error)"])
        }
    }

    /// All that waits, batch after batch: while one is written the next is claimed and decoded. A suspect goes alone, so
    /// that nobody else of its share is in hand when it ends the process; so does what comes before leftovers are released.
    private func interpretWaiting(_ share: InterpreterShare) async {
        await releaseLeftovers(share)
        var taken = await take(share)
        while !Task.isCancelled, let first = taken.bodies.first {
            if first.isSuspect || leftovers.areDue(share, breaks: store.database.breaks) {
                await record(taken, share)
                await releaseLeftovers(share)
                taken = await take(share)
            } else {
                async let next = take(share)
                await record(taken, share)
                taken = await next
            }
        }
    }

    /// One batch, live traffic first.
    /// - Returns: how many bodies were taken.
    package func interpretSome() async -> Int {
        for share in [InterpreterShare.live, .bulk] {
            await releaseLeftovers(share)
            let taken = await take(share)
            await record(taken, share)
            if !taken.bodies.isEmpty { return taken.bodies.count }
        }
        return 0
    }

    /// Claims and decodes. What ends the process here, or is here when the process ends, comes back as a suspect.
    private func take(_ share: InterpreterShare) async -> Claim {
        let node = store.ids.node
        do {
            let bodies = try await store.claimWork(isBulk: share.isBulk, limit: share.claimSize, node: node)
            guard let first = bodies.first else { return Claim(bodies: [], node: node) }
            if first.attempt > Self.maxAttempts { return Claim(bodies: [.worn(first.intake)], node: node) }
            return Claim(
                bodies: await decode(bodies).map { .decoded($0, isSuspect: first.attempt > 1) }, node: node)
        } catch {
            logger.error("bodies could not be claimed", metadata: ["error": "\(error)"])
            leftovers.note(share)
            await pause(for: .milliseconds(200))
            return Claim(bodies: [], node: node)
        }
    }

    /// Once nothing of the share is in hand, what is claimed all the same goes back, since nobody else comes for it while
    /// this node lives: a COMMIT whose answer was lost may have been carried out, and the outcome of a claim is lost when
    /// the database's server ends before it is on the disk.
    private func releaseLeftovers(_ share: InterpreterShare) async {
        guard leftovers.take(share, breaks: store.database.breaks) else { return }
        do {
            let count = try await store.releaseBodies(isBulk: share.isBulk, node: store.ids.node)
            if count > 0 { logger.notice("bodies went back to the queue", metadata: ["count": "\(count)"]) }
        } catch {
            leftovers.note(share)
            logger.warning("bodies could not be given back; trying again", metadata: ["error": "\(error)"])
        }
    }

    private func record(_ claim: Claim, _ share: InterpreterShare) async {
        let node = claim.node
        var decoded: [InterpretedBody] = []
        for body in claim.bodies {
            switch body {
            case .decoded(let body, _): decoded.append(body)
            case .worn(let body): await quarantine(body, node)
            }
        }
        for batch in decoded.batches(ofUpdates: share.updatesPerTransaction(isPressed: log?.isPressed ?? false)) {
            await log?.giveWay()
            await record(batch, node)
        }
    }

    private func decode(_ bodies: [ClaimedBody]) async -> [InterpretedBody] {
        let trap = trap
        return await decoder.run {
            bodies.map { claimed in
                let intake = claimed.intake
                if trap?(intake.body) == true { preconditionFailure("a test asked the interpreter to stop here") }
                return InterpretedBody(
                    intake: intake.id, receivedAt: intake.receivedAt, app: intake.app,
                    updates: WebhookDecoder.decode(intake.body).updates, nextPosition: claimed.nextPosition)
            }
        }
    }

    // MARK: Recording

    /// The batch; when that fails, body by body; when one fails alone, update by update. While the database is away
    /// the bodies stay in hand: it is not they that are wrong.
    private func record(_ bodies: [InterpretedBody], _ node: Int) async {
        while !Task.isCancelled {
            do {
                return publish(try await store.record(bodies, routes: routes.current, node: node))
            } catch let error as SQLError where error.isOfTheDatabase {
                logger.warning("facts cannot be written; trying again", metadata: ["error": "\(error)"])
                await pause(for: .seconds(1))
            } catch  where bodies.count > 1 {
                logger.warning("a batch failed; going on one by one", metadata: ["error": "\(error)"])
                for body in bodies { await record([body], node) }
                return
            } catch {
                logger.warning("a body failed; going on update by update", metadata: ["error": "\(error)"])
                for body in bodies { await recordEachUpdate(of: body, node) }
                return
            }
        }
    }

    private func recordEachUpdate(of body: InterpretedBody, _ node: Int) async {
        var failed: [Int: String] = [:]
        for position in body.positions {
            do {
                publish(
                    try await store.record(position, of: body, routes: routes.current, node: node))
            } catch let error as SQLError where error.isOfTheDatabase {
                return await record([body], node)
            } catch {
                logger.error("an update could not be recorded", metadata: ["error": "\(error)"])
                failed[position] = "\(error)"
            }
        }
        await close(body, failed: failed, node)
    }

    /// What is known of the body stays in hand until it is written: nobody else would come for it.
    private func close(_ body: InterpretedBody, failed: [Int: String], _ node: Int) async {
        while !Task.isCancelled {
            do {
                return publish(try await store.close(body, failed: failed, node: node))
            } catch {
                logger.error("a body could not be closed; trying again", metadata: ["error": "\(error)"])
                await pause(for: .seconds(1))
            }
        }
    }

    /// The body stays in hand until it is set aside, as in ``close(_:failed:_:)``.
    private func quarantine(_ body: IntakeBody, _ node: Int) async {
        while !Task.isCancelled {
            do {
                try await store.quarantine(body, node: node)
                return logger.error(
                    "a body stopped the interpreter and was set aside", metadata: ["intake_id": "\(body.id)"])
            } catch {
                logger.error("a body could not be set aside; trying again", metadata: ["error": "\(error)"])
                await pause(for: .seconds(1))
            }
        }
    }

    private func publish(_ report: RecordReport) {
        wakeBoard.ring(report.lanes)
        changes.publish(report)
    }
}

/// Bodies in the interpreter's hands, under the number that this node had when it took them: it is theirs by that number,
/// also when the node joined, or joined anew under another, meanwhile.
private struct Claim: Sendable {
    let bodies: [Taken]
    let node: Int
}

/// A body in the interpreter's hands.
private enum Taken: Sendable {
    case decoded(InterpretedBody, isSuspect: Bool)
    /// It was tried as often as it may be.
    case worn(IntakeBody)

    var isSuspect: Bool {
        switch self {
        case .decoded(_, let isSuspect): isSuspect
        case .worn: true
        }
    }
}

extension [InterpretedBody] {
    /// Cuts the list, and long bodies in it, so that each part has so many updates at most.
    fileprivate func batches(ofUpdates limit: Int) -> [[InterpretedBody]] {
        var batches: [[InterpretedBody]] = []
        var count = 0
        for part in flatMap({ $0.parts(of: limit) }) {
            if batches.isEmpty || count > 0 && count + part.positions.count > limit {
                batches.append([])
                count = 0
            }
            batches[batches.count - 1].append(part)
            count += part.positions.count
        }
        return batches
    }
}
