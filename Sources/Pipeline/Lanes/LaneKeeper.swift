package import Domain
package import Logging
package import ServiceLifecycle
package import Store
import Synchronization

/// Keeps this node's lease, takes the lanes that fall to it, and has each worked by one task.
package struct LaneKeeper: Service {
    private let store: Store
    private let name: String
    private let token: String
    private let isAlone: Bool
    private let times: LeaseTimes
    private let lease: LeaseClock
    private let makeWorker: LaneWorkerFactory
    private let logger: Logger
    private let onJoined: @Sendable () -> Void

    /// - Parameters:
    ///   - name: one for each place where a node can run.
    ///   - token: made at each start.
    ///   - isAlone: nobody else can be on this database.
    ///   - onJoined: called once, when the node has its number and may make ids.
    package init(
        store: Store, name: String, token: String, isAlone: Bool, times: LeaseTimes = LeaseTimes(),
        lease: LeaseClock, logger: Logger, onJoined: @escaping @Sendable () -> Void = {},
        makeWorker: @escaping LaneWorkerFactory
    ) {
        self.store = store
        self.name = name
        self.token = token
        self.isAlone = isAlone
        self.times = times
        self.lease = lease
        self.makeWorker = makeWorker
        self.logger = logger
        self.onJoined = onJoined
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                guard let node = await join() else { return }
                await keep(node)
            }
        }
    }

    private func join() async -> NodeLease? {
        while !Task.isCancelled {
            do {
                let asked = ContinuousClock.now
                let node = try await store.join(name: name, token: token, isAlone: isAlone, times: times)
                store.ids.adopt(node: node.number)
                lease.renewed(asked: asked, times: times)
                _ = try await store.rescueBodies()
                onJoined()
                logger.info("joined", metadata: ["node": "\(node.number)"])
                return node
            } catch {
                logger.warning("cannot join the nodes; trying again", metadata: ["error": "\(error)"])
                await pause(for: .seconds(1))
            }
        }
        return nil
    }

    /// Renews and rebalances until the lease is lost or the service ends.
    private func keep(_ node: NodeLease) async {
        var held: [Lane: Work] = [:]
        while !Task.isCancelled {
            guard await renew(node) else { break }
            await rebalance(node, held: &held)
            await pause(for: times.renewal)
        }
        await stopAll(held)
        lease.end()
        if Task.isCancelled { await leave(node) }
    }

    private struct Work {
        let grip: LaneGrip
        let task: Task<Void, Never>
    }

    /// - Returns: false when the node must stop at once.
    private func renew(_ node: NodeLease) async -> Bool {
        let asked = ContinuousClock.now
        do {
            guard try await store.renew(node, times: times) else {
                logger.error("the lease was lost; joining anew", metadata: ["node": "\(node.number)"])
                return false
            }
            lease.renewed(asked: asked, times: times)
            return true
        } catch {
            logger.warning("the lease could not be renewed", metadata: ["error": "\(error)"])
            // The lease itself decides: while it lasts, a short outage of the database changes nothing.
            return lease.mayAct
        }
    }

    private func rebalance(_ node: NodeLease, held: inout [Lane: Work]) async {
        do {
            let changes = try await store.rebalance(node, held: held.values.map(\.grip))
            for lane in changes.unwanted { await stop(held.removeValue(forKey: lane)) }
            for grip in changes.taken {
                await stop(held.removeValue(forKey: grip.lane))
                held[grip.lane] = await start(grip)
            }
        } catch {
            logger.warning("lanes could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    private func start(_ grip: LaneGrip) async -> Work? {
        guard let worker = await makeWorker(grip.lane) else { return nil }
        logger.info("lane taken", metadata: ["lane": "\(grip.lane)", "epoch": "\(grip.epoch)"])
        // Not structured: a worker lives as long as the lane is held, which this loop decides; `stop` ends it.
        return Work(grip: grip, task: Task { await worker.work(grip) })
    }

    private func stop(_ work: Work?) async {
        guard let work else { return }
        work.task.cancel()
        await work.task.value
        do {
            try await store.release(work.grip)
        } catch {
            logger.warning("a lane could not be released; its lease will end", metadata: ["error": "\(error)"])
        }
    }

    private func stopAll(_ held: [Lane: Work]) async {
        held.values.forEach { $0.task.cancel() }
        for work in held.values { await stop(work) }
    }

    /// Runs after cancellation: a write is not reached by it.
    private func leave(_ node: NodeLease) async {
        do {
            try await store.leave(node)
        } catch {
            logger.warning("could not leave in good order; the lease will end", metadata: ["error": "\(error)"])
        }
    }
}
