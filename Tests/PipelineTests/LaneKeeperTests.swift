import Domain
import Logging
import Store
import Synchronization
import Testing

@testable import Pipeline

/// Workers that stop only when a test says so.
@Suite(.timeLimit(.minutes(2))) struct LaneKeeperTests {
    private final class Worker: LaneWorker {
        let started = Tally()
        let cancelled = Tally()
        let board = WakeBoard()

        func work(_ grip: LaneGrip) async {
            started.add()
            while !Task.isCancelled { await pause(for: .milliseconds(5)) }
            cancelled.add()
            // A call in hand ends when its answer is here, whatever the task was told.
            await Task { await board.wait(for: .intake, atMost: .seconds(3600)) }.value
        }

        func answer() {
            board.ring(.intake)
        }
    }

    /// Gives up at once the first time, as when its lease ran short or the lane could not be taken up.
    private final class Quitter: LaneWorker {
        let started = Tally()

        func work(_ grip: LaneGrip) async {
            started.add()
            while started.count > 1, !Task.isCancelled { await pause(for: .milliseconds(5)) }
        }
    }

    private func keeper(_ world: PipelineWorld, _ worker: any LaneWorker, _ renewal: WorkerRenewal) -> LaneKeeper {
        LaneKeeper(
            store: world.store, name: "test", token: "test", isAlone: true, times: times, lease: LeaseClock(),
            renewal: renewal, logger: quiet, makeWorker: { lane in lane == .clock ? worker : nil })
    }

    private var times: LeaseTimes {
        var times = LeaseTimes()
        times.renewal = .milliseconds(20)
        return times
    }

    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { await pause(for: .milliseconds(5)) }
    }

    @Test func `a lane gets a new worker when the accounts have changed, once the old one has ended`() async throws {
        try await PipelineWorld.with { world in
            let (worker, renewal) = (Worker(), WorkerRenewal())
            let task = Task { [keeper = keeper(world, worker, renewal)] in try await keeper.run() }
            try await until { worker.started.count == 1 }

            renewal.ask()
            try await until { worker.cancelled.count == 1 }
            let epoch = try await world.count("SELECT epoch AS n FROM lane WHERE id = 'clock'")
            #expect(worker.started.count == 1)
            worker.answer()
            try await until { worker.started.count == 2 }

            #expect(try await world.count("SELECT epoch AS n FROM lane WHERE id = 'clock'") == epoch + 1)
            task.cancel()
            try await until { worker.cancelled.count == 2 }
            worker.answer()
            try await task.value
        }
    }

    @Test func `the lease is renewed until the last call in hand has ended`() async throws {
        try await PipelineWorld.with { world in
            let worker = Worker()
            let task = Task { [keeper = keeper(world, worker, WorkerRenewal())] in try await keeper.run() }
            try await until { worker.started.count == 1 }
            let lease = { try await world.count("SELECT lease_until AS n FROM node") }

            task.cancel()
            try await until { worker.cancelled.count == 1 }
            let before = try await lease()
            try await until { try await lease() > before }
            #expect(try await world.count("SELECT COUNT(*) AS n FROM lane WHERE id = 'clock' AND node IS NULL") == 0)

            worker.answer()
            try await task.value
            #expect(try await world.count("SELECT COUNT(*) AS n FROM lane WHERE id = 'clock' AND node IS NULL") == 1)
            #expect(try await world.count("SELECT is_leaving AS n FROM node") == 1)
        }
    }

    @Test func `a lane whose worker gave up is taken anew, with a new epoch`() async throws {
        try await PipelineWorld.with { world in
            let worker = Quitter()
            let task = Task { [keeper = keeper(world, worker, WorkerRenewal())] in try await keeper.run() }

            try await until { worker.started.count == 2 }

            #expect(try await world.count("SELECT epoch AS n FROM lane WHERE id = 'clock'") == 2)
            task.cancel()
            try await task.value
        }
    }

    /// Sees whether it may still act when it is told to stop.
    private final class Witness: LaneWorker {
        let started = Tally()
        let couldAct = Tally()
        let stopped = Tally()
        let lease: LeaseClock

        init(_ lease: LeaseClock) {
            self.lease = lease
        }

        func work(_ grip: LaneGrip) async {
            started.add()
            while !Task.isCancelled { await pause(for: .milliseconds(5)) }
            if lease.mayAct { couldAct.add() }
            stopped.add()
        }
    }

    @Test func `who lost the lease begins nothing more while the last calls end`() async throws {
        try await PipelineWorld.with { world in
            let lease = LeaseClock()
            let worker = Witness(lease)
            let keeper = LaneKeeper(
                store: world.store, name: "test", token: "test", isAlone: true, times: times, lease: lease,
                logger: quiet, makeWorker: { lane in lane == .clock ? worker : nil })
            let task = Task { try await keeper.run() }
            try await until { worker.started.count == 1 }

            // As if another had been given the number.
            try await world.store.database.write { connection in
                try connection.execute("UPDATE node SET token = 'another'")
            }

            try await until { worker.stopped.count == 1 }
            #expect(worker.couldAct.count == 0)
            task.cancel()
            try await task.value
        }
    }

    @Test func `a lane that nothing here can work is not taken anew at each look`() async throws {
        try await PipelineWorld.with { world in
            let worker = Witness(LeaseClock())
            let task = Task { [keeper = keeper(world, worker, WorkerRenewal())] in try await keeper.run() }
            try await until { worker.started.count == 1 }
            await pause(for: .milliseconds(300))

            #expect(try await world.count("SELECT MAX(epoch) AS n FROM lane") == 1)

            task.cancel()
            try await task.value
        }
    }
}
