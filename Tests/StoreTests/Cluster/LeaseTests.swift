import Domain
import Testing

@testable import Store

/// Leases are measured on the database's clock, so their ends are written here, not waited for.
@Suite struct LeaseTests {
    private func end(_ lease: NodeLease, ago: Duration = .seconds(1), in store: Store) async throws {
        try await store.database.write { connection in
            let now = try connection.databaseNow()
            try connection.execute(
                "UPDATE node SET lease_until = :ended WHERE number = :number",
                ["ended": now - ago, "number": lease.number])
        }
    }

    /// A lease that outlasts the test.
    private var times: LeaseTimes {
        var times = LeaseTimes()
        times.lease = .hours(1)
        return times
    }

    private func addLanes(_ count: Int, to store: Store) async throws {
        try await store.database.write { connection in
            for number in 0..<count {
                try connection.ensureLane(.number(NumberID(rawValue: Int64(1_000 + number))), workspace: nil)
            }
        }
    }

    private func join(_ name: String, _ store: Store) async throws -> NodeLease {
        try await store.join(name: name, token: "token of \(name)", isAlone: false, times: times)
    }

    @Test(arguments: TestDatabase.available)
    func `two nodes share the lanes, and each lane has one of them`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            try await addLanes(40, to: store)
            let (one, two) = (try await join("one", store), try await join("two", store))
            let first = try await store.rebalance(one, held: []).taken
            let second = try await store.rebalance(two, held: []).taken
            let lanes = (first + second).map(\.lane)
            let all: Int? = try await store.look("SELECT COUNT(*) AS n FROM lane")
            #expect(Set(lanes).count == lanes.count)
            #expect(lanes.count == all)
            #expect(first.count > 5 && second.count > 5)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a node that falls silent loses its lanes to the other, with a higher epoch`(engine: TestDatabase) async throws
    {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            try await addLanes(20, to: store)
            let (one, two) = (try await join("one", store), try await join("two", store))
            let first = try await store.rebalance(one, held: []).taken
            let second = try await store.rebalance(two, held: []).taken

            try await end(one, in: store)
            #expect(try await store.renew(one, times: times) == false)
            #expect(try await store.rebalance(one, held: first).unwanted.count == first.count)
            let taken = try await store.rebalance(two, held: second).taken
            #expect(Set(taken.map(\.lane)) == Set(first.map(\.lane)))
            for grip in taken {
                let former = try #require(first.first { $0.lane == grip.lane })
                #expect(grip.epoch > former.epoch)
            }
            let lost = try #require(first.first)
            await #expect(throws: LaneLost.self) { try await store.claim(lost, limit: 1) }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a node that leaves frees its lanes at once`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            let (one, two) = (try await join("one", store), try await join("two", store))
            let first = try await store.rebalance(one, held: []).taken
            let second = try await store.rebalance(two, held: []).taken
            try await store.leave(one)
            let taken = try await store.rebalance(two, held: second).taken
            #expect(Set(taken.map(\.lane)) == Set(first.map(\.lane)))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a node whose number went to another while it was away frees nothing of that one's`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            let away = try await join("away", store)
            try await end(away, ago: .minutes(11), in: store)
            let successor = try await join("successor", store)
            #expect(successor.number == away.number)
            let held = try await store.rebalance(successor, held: []).taken
            #expect(!held.isEmpty)
            let body = IntakeBody(
                id: store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: false, body: [1])
            try await store.append([body], node: successor.number)
            #expect(try await store.claimBodies(limit: 1, node: successor.number).count == 1)

            #expect(try await store.leave(away) == false)

            #expect(try await store.renew(successor, times: times))
            #expect(try await store.rebalance(successor, held: held) == LaneChanges())
            #expect(try await store.claimSuspect(node: successor.number) == nil)
            #expect(try await store.claimBodies(limit: 1, node: successor.number).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a newcomer is given its share, and nobody holds a lane twice meanwhile`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            try await addLanes(30, to: store)
            let one = try await join("one", store)
            var held = try await store.rebalance(one, held: []).taken
            let two = try await join("two", store)
            #expect(try await store.rebalance(two, held: []).taken == [])
            let unwanted = try await store.rebalance(one, held: held).unwanted
            #expect(!unwanted.isEmpty)
            for grip in held where unwanted.contains(grip.lane) { try await store.release(grip) }
            held.removeAll { unwanted.contains($0.lane) }
            let taken = try await store.rebalance(two, held: []).taken
            #expect(Set(taken.map(\.lane)) == Set(unwanted))
            #expect(try await store.rebalance(one, held: held) == LaneChanges())
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a lane that fell to another is free after the next look, also when its release failed`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            try await addLanes(30, to: store)
            let one = try await join("one", store)
            var held = try await store.rebalance(one, held: []).taken
            let two = try await join("two", store)
            let unwanted = try await store.rebalance(one, held: held).unwanted
            #expect(!unwanted.isEmpty)
            // While the last calls end they are held; then nothing is left of them here but the row.
            #expect(try await store.rebalance(one, held: held).unwanted == unwanted)
            #expect(try await store.rebalance(two, held: []).taken == [])
            held.removeAll { unwanted.contains($0.lane) }

            #expect(try await store.rebalance(one, held: held) == LaneChanges())

            #expect(Set(try await store.rebalance(two, held: []).taken.map(\.lane)) == Set(unwanted))
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a node's next life ends the lease of its former one`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            let former = try await join("here", store)
            let current = try await store.join(name: "here", token: "new", isAlone: false, times: times)
            #expect(try await store.renew(former, times: times) == false)
            #expect(try await store.renew(current, times: times))
            #expect(former.number != current.number)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `two programs of one name do not end each other's lease for ever, and are told`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let (store, times) = (world.store, times)
            let join = { (token: String, isStart: Bool) in
                try await store.join(name: "clone", token: token, isAlone: false, isStart: isStart, times: times)
            }
            let first = try await join("one", true)
            let second = try await join("two", true)
            #expect(try await store.renew(first, times: times) == false)

            let again = try await join("one", false)

            #expect(again.hasNamesake)
            #expect(!first.hasNamesake && !second.hasNamesake)
            #expect(try await store.renew(second, times: times))
            #expect(try await store.renew(again, times: times))

            // Its own former life is no namesake.
            try await end(second, in: store)
            #expect(try await !join("one", false).hasNamesake)
            #expect(try await store.renew(again, times: times) == false)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a node's number rests before it is given away`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            let former = try await join("one", store)
            try await end(former, ago: .minutes(9), in: store)
            #expect(try await join("two", store).number != former.number)
            try await end(former, ago: .minutes(11), in: store)
            #expect(try await join("three", store).number == former.number)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `nodes that join at the same moment have different numbers`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let (store, times) = (world.store, times)
            let numbers = try await withThrowingTaskGroup(of: Int?.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        do {
                            return try await store.join(
                                name: "node \(index)", token: "\(index)", isAlone: false, times: times
                            ).number
                        } catch SQLError.conflict {
                            // The caller tries again a second later.
                            return nil
                        }
                    }
                }
                return try await group.reduce(into: [Int]()) { if let number = $1 { $0.append(number) } }
            }
            #expect(Set(numbers).count == numbers.count)
            #expect(!numbers.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a disabled lane is given up and taken by nobody`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await end(world.lease, in: store)
            let one = try await join("one", store)
            let held = try await store.rebalance(one, held: []).taken
            let lane = try #require(held.first?.lane)
            try await store.database.write { try $0.ensureLane(lane, workspace: nil, isEnabled: false) }
            #expect(try await store.rebalance(one, held: held).unwanted == [lane])
            #expect(try await store.rebalance(one, held: held.filter { $0.lane != lane }).taken == [])
            #expect(try await store.look("SELECT COUNT(*) AS n FROM lane WHERE node IS NULL") == 1)
        }
    }
}
