package import Domain
package import Logging
package import ServiceLifecycle
package import Store
import WhatsApp

/// Turns raw bodies into facts and jobs. One body that cannot be interpreted never stops its neighbours.
package struct Interpreter: Service {
    /// Bodies in one claim: mostly one message each, and then what one transaction records.
    private static let claimSize = 200
    /// Updates in one transaction: about 20 ms of the database's time.
    private static let updatesPerTransaction = 200
    /// A body seen this often without an outcome is set aside.
    private static let maxAttempts = 3

    let store: Store
    let routes: Routes
    let wakeBoard: WakeBoard
    let changes: ChangeFeed
    let logger: Logger
    /// Tests only: ends the process on bodies that say so.
    let trap: (@Sendable ([UInt8]) -> Bool)?
    private let decoder = WorkThread("puente.interpreter")

    package init(
        store: Store, routes: Routes, wakeBoard: WakeBoard, changes: ChangeFeed, logger: Logger,
        trap: (@Sendable ([UInt8]) -> Bool)? = nil
    ) {
        self.store = store
        self.routes = routes
        self.wakeBoard = wakeBoard
        self.changes = changes
        self.logger = logger
        self.trap = trap
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var lastRefresh = ContinuousClock.Instant.now - .seconds(60)
            while !Task.isCancelled {
                if ContinuousClock.Instant.now - lastRefresh > .seconds(5) {
                    await refresh()
                    lastRefresh = .now
                }
                if await interpretSome() == 0 {
                    await wakeBoard.wait(for: .intake, atMost: .seconds(1))
                }
            }
        }
    }

    private func refresh() async {
        do {
            try await routes.refresh(from: store)
            let rescued = try await store.rescueBodies()
            if rescued > 0 { logger.notice("rescued bodies", metadata: ["count": "\(rescued)"]) }
        } catch {
            logger.warning("the accounts could not be read; going on with those known", metadata: ["error": "\(error)"])
        }
    }

    /// - Returns: how many bodies were taken.
    package func interpretSome() async -> Int {
        do {
            if let suspect = try await store.claimSuspect(node: store.ids.node) { return await interpret(suspect) }
            let bodies = try await store.claimBodies(limit: Self.claimSize, node: store.ids.node)
            guard !bodies.isEmpty else { return 0 }
            let decoded = await decode(bodies)
            for batch in decoded.batches(ofUpdates: Self.updatesPerTransaction) {
                await record(batch)
            }
            return bodies.count
        } catch {
            logger.error("bodies could not be claimed", metadata: ["error": "\(error)"])
            await pause(for: .milliseconds(200))
            return 0
        }
    }

    /// A body that was claimed before and has no outcome: alone, and not for ever.
    private func interpret(_ suspect: ClaimedBody) async -> Int {
        if suspect.attempt > Self.maxAttempts {
            await quarantine(suspect.intake)
        } else {
            await record(await decode([suspect]))
        }
        return 1
    }

    private func decode(_ bodies: [ClaimedBody]) async -> [InterpretedBody] {
        let trap = trap
        return await decoder.run {
            bodies.map { claimed in
                let intake = claimed.intake
                if trap?(intake.body) == true { preconditionFailure("a test asked the interpreter to stop here") }
                return InterpretedBody(
                    intake: intake.id, receivedAt: intake.receivedAt, app: intake.app,
                    updates: WebhookDecoder.decode(intake.body).updates)
            }
        }
    }

    // MARK: Recording

    /// The batch; when that fails, body by body; when one fails alone, update by update. While the database is away
    /// the bodies stay in hand: it is not they that are wrong.
    private func record(_ bodies: [InterpretedBody]) async {
        while !Task.isCancelled {
            do {
                return publish(try await store.record(bodies, routes: routes.current, node: store.ids.node))
            } catch let error as SQLError where error.isOfTheDatabase {
                logger.warning("facts cannot be written; trying again", metadata: ["error": "\(error)"])
                await pause(for: .seconds(1))
            } catch  where bodies.count > 1 {
                logger.warning("a batch failed; going on one by one", metadata: ["error": "\(error)"])
                for body in bodies { await record([body]) }
                return
            } catch {
                logger.warning("a body failed; going on update by update", metadata: ["error": "\(error)"])
                for body in bodies { await recordEachUpdate(of: body) }
                return
            }
        }
    }

    private func recordEachUpdate(of body: InterpretedBody) async {
        var failed: [Int: String] = [:]
        for position in body.updates.indices {
            do {
                publish(
                    try await store.record(position, of: body, routes: routes.current, node: store.ids.node))
            } catch let error as SQLError where error.isOfTheDatabase {
                return await record([body])
            } catch {
                logger.error("an update could not be recorded", metadata: ["error": "\(error)"])
                failed[position] = "\(error)"
            }
        }
        await close(body, failed: failed)
    }

    private func close(_ body: InterpretedBody, failed: [Int: String]) async {
        do {
            publish(try await store.close(body, failed: failed, node: store.ids.node))
        } catch {
            logger.error("a body could not be closed", metadata: ["error": "\(error)"])
        }
    }

    private func quarantine(_ body: IntakeBody) async {
        do {
            try await store.quarantine(body, node: store.ids.node)
            logger.error("a body stopped the interpreter and was set aside", metadata: ["intake_id": "\(body.id)"])
        } catch {
            logger.error("a body could not be set aside", metadata: ["error": "\(error)"])
        }
    }

    private func publish(_ report: RecordReport) {
        wakeBoard.ring(report.lanes)
        changes.publish(report)
    }
}

extension [InterpretedBody] {
    /// Cuts the list so that each part has about so many updates; a body is never cut.
    fileprivate func batches(ofUpdates limit: Int) -> [[InterpretedBody]] {
        var batches: [[InterpretedBody]] = []
        var current: [InterpretedBody] = []
        var count = 0
        for body in self {
            if count > 0, count + body.updates.count > limit {
                batches.append(current)
                current = []
                count = 0
            }
            current.append(body)
            count += body.updates.count
        }
        return current.isEmpty ? batches : batches + [current]
    }
}
