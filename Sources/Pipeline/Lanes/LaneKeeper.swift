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
    private let renewal: WorkerRenewal
    private let onJoined: @Sendable () -> Void

    /// - Parameters:
    ///   - name: one for each place where a node can run.
    ///   - token: made at each start.
    ///   - isAlone: nobody else can be on this database.
    ///   - renewal: asked when the accounts that workers are made with have changed.
    ///   - onJoined: called once, when the node has its number and may make ids.
    package init(
        store: Store, name: String, token: String, isAlone: Bool, times: LeaseTimes = LeaseTimes(),
        lease: LeaseClock, renewal: WorkerRenewal = WorkerRenewal(), logger: Logger,
        onJoined: @escaping @Sendable () -> Void = {},
        makeWorker: @escaping LaneWorkerFactory
    ) {
        self.store = store
        self.name = name
        self.token = token
        self.isAlone = isAlone
        self.times = times
        self.lease = lease
        self.renewal = renewal
        self.makeWorker = makeWorker
        self.logger = logger
        self.onJoined = onJoined
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var isStart = true
            while !Task.isCancelled {
                guard let node = await join(isStart: isStart) else { return }
                isStart = false
                await keep(node)
            }
        }
    }

    private func join(isStart: Bool) async -> NodeLease? {
        while !Task.isCancelled {
            do {
                let asked = ContinuousClock.now
                let node = try await store.join(
                    name: name, token: token, isAlone: isAlone, isStart: isStart, times: times)
                store.ids.adopt(node: node.number)
                lease.renewed(asked: asked, times: times)
                _ = try await store.rescueBodies()
                onJoined()
                logger.info("joined", metadata: ["node": "\(node.number)"])
                if node.hasNamesake { warnOfNamesake() }
                return node
            } catch {
                logger.warning("cannot join the nodes; trying again", metadata: ["error": "\(error)"])
                await pause(for: .seconds(1))
            }
        }
        return nil
    }

    private func warnOfNamesake() {
        logger.error(
            """
            another node runs under this one's name, and each start of one ends the lease of the other: give each its own \
            node.name in puente.yaml, then restart both
            """, metadata: ["name": "\(name)"])
    }

    /// Renews and rebalances until the lease is lost or the service ends.
    private func keep(_ node: NodeLease) async {
        var held: [Lane: LaneWork] = [:]
        var isLost = false
        while !Task.isCancelled {
            isLost = await !renew(node)
            if isLost { break }
            if renewal.take() { held.values.forEach { $0.end(store, logger) } }
            await rebalance(node, held: &held)
            await pause(for: times.renewal)
        }
        // Whoever has the lanes now is not to be disturbed by calls that have not begun.
        if isLost { lease.end() }
        await windDown(node, Array(held.values), isLost: isLost)
        lease.end()
        if Task.isCancelled { await leave(node) }
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

    private func rebalance(_ node: NodeLease, held: inout [Lane: LaneWork]) async {
        held = held.filter { !$0.value.hasEnded }
        // Given back and taken anew, with a new epoch: what the worker left behind is rescued then.
        for work in held.values where work.hasStopped { work.end(store, logger) }
        do {
            let changes = try await store.rebalance(node, held: held.values.map(\.grip))
            for lane in changes.unwanted { held[lane]?.end(store, logger) }
            for grip in changes.taken { held[grip.lane] = await start(grip) }
        } catch {
            logger.warning("lanes could not be looked at", metadata: ["error": "\(error)"])
        }
    }

    /// A lane that cannot be worked here is held all the same for a while: who let go of it would take it up again at
    /// each look.
    private func start(_ grip: LaneGrip) async -> LaneWork {
        let worker = await makeWorker(grip.lane)
        if worker == nil { logger.warning("a lane cannot be worked", metadata: ["lane": "\(grip.lane)"]) }
        logger.info("lane taken", metadata: ["lane": "\(grip.lane)", "epoch": "\(grip.epoch)"])
        return LaneWork(grip, worker: worker ?? IdleLaneWorker())
    }

    /// Waits until every call in hand has ended. The lease is renewed meanwhile: else the others would take the lanes
    /// over and count as uncertain what is about to be answered.
    private func windDown(_ node: NodeLease, _ held: [LaneWork], isLost: Bool) async {
        held.forEach { $0.end(store, logger) }
        // Not structured: this goes on when the service has been cancelled.
        await Task {
            var renewedAt = ContinuousClock.now
            while held.contains(where: { !$0.hasEnded }) {
                if !isLost, ContinuousClock.now - renewedAt >= times.renewal {
                    _ = await renew(node)
                    renewedAt = .now
                }
                await pause(for: .milliseconds(20))
            }
        }.value
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
