import Domain
import Store
import Synchronization
import Testing

@testable import Pipeline

@Suite(.timeLimit(.minutes(2))) struct IntakeLogTests {
    @Test func `bodies that come during a commit share the next one`() async throws {
        try await PipelineWorld.with { world in
            let log = world.log()
            let started = Tally()
            world.database.hold()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<300 {
                    let body = world.body()
                    group.addTask {
                        started.add()
                        try await log.append(body)
                    }
                }
                while started.count < 300 { await Task.yield() }
                world.database.letGo()
                try await group.waitForAll()
            }
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake") == 300)
            // The one that was held, the one of all that gathered, and a few for tasks that had only just begun.
            #expect(world.database.commits <= 20)
        }
    }

    @Test func `a commit that fails is told to everybody who waits for it, and the next one goes on`() async throws {
        try await PipelineWorld.with { world in
            let log = world.log()
            world.database.fail(with: .unavailable("gone"))
            let failures = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<50 {
                    let body = world.body()
                    group.addTask {
                        do {
                            try await log.append(body)
                            return false
                        } catch {
                            if case IntakeRefusal.commitFailed = error { return true }
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == 50)
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake") == 0)

            #expect(log.trouble == .commitsFail)

            world.database.fail(with: nil)
            try await log.append(world.body())
            #expect(try await world.count("SELECT COUNT(*) AS n FROM intake") == 1)
            #expect(log.trouble == nil)
        }
    }

    @Test func `when the disk can no longer be trusted the process is told to end`() async throws {
        try await PipelineWorld.with { world in
            let told = Mutex<[String]>([])
            let log = world.log { text in told.withLock { $0.append(text) } }
            world.database.fail(with: .storageFailed("fsync"))
            await #expect(throws: IntakeRefusal.self) { try await log.append(world.body()) }
            #expect(told.withLock { $0 } == ["fsync"])
        }
    }

    @Test func `what may be done later waits while many bodies wait, and not for ever`() async throws {
        try await PipelineWorld.with { world in
            var limits = IntakeLimits()
            limits.crowd = 3
            limits.unhurried = .zero
            let log = world.log(limits)
            world.database.hold()
            try await withThrowingTaskGroup(of: Void.self) { group in
                let bodies = (0..<4).map { _ in world.body() }
                group.addTask { try await log.append(bodies[0]) }
                while world.database.commits == 0 { await Task.yield() }
                #expect(!log.isPressed)
                for body in bodies.dropFirst() { group.addTask { try await log.append(body) } }
                while !log.isPressed { await Task.yield() }

                await log.giveWay(atMost: .milliseconds(20))
                #expect(log.isPressed)
                let gaveWay = Tally()
                group.addTask {
                    await log.giveWay(atMost: .seconds(60))
                    gaveWay.add()
                }
                try await Task.sleep(for: .milliseconds(50))
                #expect(gaveWay.count == 0)
                world.database.letGo()
                try await group.waitForAll()
                #expect(gaveWay.count == 1)
            }
        }
    }

    @Test func `who has waited too long is sent away, while the commit still hangs`() async throws {
        try await PipelineWorld.with { world in
            let log = world.log()
            world.database.hold()
            let body = world.body()
            let first = Task { try await log.append(body) }
            while world.database.commits == 0 { await Task.yield() }
            log.dismissImpatient(now: .now + .seconds(4))
            log.dismissImpatient(now: .now + .seconds(6))
            await #expect(throws: IntakeRefusal.tooLateForCommit) { try await first.value }
            #expect(log.trouble == .commitsFail)
            world.database.letGo()
            while log.trouble != nil, !Task.isCancelled { await Task.yield() }
            #expect(log.trouble == nil)
            // Nobody is answered twice, and later bodies are taken.
            try await log.append(world.body())
        }
    }

    @Test func `room is reserved by count and by bytes, and comes back`() async throws {
        try await PipelineWorld.with { world in
            var limits = IntakeLimits()
            limits.maxBodiesInFlight = 2
            limits.maxBytesInFlight = 100
            let log = world.log(limits)
            try log.reserve(bytes: 60)
            #expect(throws: IntakeRefusal.tooManyBodies) { try log.reserve(bytes: 41) }
            try log.reserve(bytes: 40)
            #expect(throws: IntakeRefusal.tooManyBodies) { try log.reserve(bytes: 0) }
            log.release(bytes: 60)
            try log.reserve(bytes: 60)
        }
    }

    @Test func `a full disk and a shutdown refuse before anything is read`() async throws {
        try await PipelineWorld.with { world in
            let log = world.log()
            log.setDiskNearlyFull(true)
            #expect(log.isRefusing)
            #expect(log.trouble == .diskNearlyFull)
            #expect(throws: IntakeRefusal.diskNearlyFull) { try log.reserve(bytes: 1) }
            log.setDiskNearlyFull(false)
            #expect(log.trouble == nil)
            try log.reserve(bytes: 1)
            log.setDiskNearlyFull(true)
            log.close()
            // Who ends needs no alarm.
            #expect(log.trouble == nil)
            #expect(throws: IntakeRefusal.shuttingDown) { try log.reserve(bytes: 1) }
        }
    }

    @Test func `the interpreter is woken by a commit`() async throws {
        try await PipelineWorld.with { world in
            try await world.log().append(world.body())
            await world.wakeBoard.wait(for: .intake, atMost: .seconds(3600))
        }
    }
}

@Suite struct BulkScanTests {
    @Test(arguments: [#"{"field":"history"}"#, #"{ "x": 1, "field": "history" }"#, #""field":"history""#])
    func `history is bulk wherever it stands`(text: String) {
        #expect(BulkScan.isBulk(Array(text.utf8), above: 65_536))
    }

    @Test(arguments: ["", #"{"field":"messages"}"#, #"{"field":"histories"}"#, #""field":"histor"#, "\"\"\"\"\"\"\""])
    func `anything else is live`(text: String) {
        #expect(!BulkScan.isBulk(Array(text.utf8), above: 65_536))
    }

    @Test func `a large body is bulk whatever it says`() {
        #expect(BulkScan.isBulk([UInt8](repeating: 32, count: 65_537), above: 65_536))
        #expect(!BulkScan.isBulk([UInt8](repeating: 32, count: 65_536), above: 65_536))
    }
}
