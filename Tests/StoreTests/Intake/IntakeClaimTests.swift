import Domain
import Testing

@testable import Store

@Suite struct IntakeClaimTests {
    private func append(_ count: Int, isBulk: Bool = false, _ world: ConsoleWorld) async throws {
        let bodies = (0..<count).map { _ in
            IntakeBody(
                id: world.store.ids.next(), app: world.app, receivedAt: world.clock.now, isBulk: isBulk, body: [123])
        }
        try await world.store.append(bodies, node: 1)
    }

    @Test(arguments: TestDatabase.available)
    func `whether the log can be written is tried without taking anything in`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.store.probeIntake()
            try await world.store.probeIntake()
            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.ledger.bodies == Ledger.Bodies())
            #expect(recount.differences == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `bodies are taken oldest first and by one interpreter only`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await append(10, world)
            let store = world.store
            let first = try await store.claimBodies(limit: 6, node: 1)
            let second = try await store.claimBodies(limit: 6, node: 2)
            let ids = (first + second).map(\.intake.id)
            #expect(ids.count == 10)
            #expect(ids == ids.sorted())
            #expect((first + second).allSatisfy { $0.attempt == 1 && $0.intake.body == [123] })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `live traffic and history wait in two queues`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await append(50, isBulk: true, world)
            try await append(4, world)
            let live = try await world.store.claimBodies(limit: 12, node: 1)
            #expect(live.map(\.intake.isBulk) == [false, false, false, false])
            let bulk = try await world.store.claimBodies(limit: 12, isBulk: true, node: 1)
            #expect(bulk.count == 12)
            #expect(bulk.filter { !$0.intake.isBulk }.isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what a node that is gone had in hand comes back, one at a time, with its attempt counted`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let store = world.store
            try await append(2, world)
            _ = try await store.claimBodies(limit: 10, node: 999)
            #expect(try await store.rescueBodies() == 2)
            #expect(try await store.claimBodies(limit: 10, node: 1).isEmpty)
            let suspect = try #require(try await store.claimSuspect(node: 1))
            #expect(suspect.attempt == 2)
            #expect(try await store.claimSuspect(node: 1)?.intake.id != suspect.intake.id)
            #expect(try await store.claimSuspect(node: 1) == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what a node in good health has in hand is left to it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await append(1, world)
            try await world.store.database.write { connection in
                let now = try connection.databaseNow()
                try connection.execute(
                    "UPDATE node SET lease_until = :until WHERE number = :number",
                    ["until": now + .hours(1), "number": world.lease.number])
            }
            _ = try await world.store.claimBodies(limit: 10, node: world.lease.number)
            #expect(try await world.store.rescueBodies() == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a shutdown gives bodies back as if they had not been taken`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await append(3, world)
            _ = try await world.store.claimBodies(limit: 10, node: 1)
            try await world.store.releaseBodies(node: 1)
            let again = try await world.store.claimBodies(limit: 10, node: 1)
            #expect(again.map(\.attempt) == [1, 1, 1])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one queue's bodies are given back without the other's, and another node's stay where they are`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await append(2, isBulk: true, world)
            try await append(1, world)
            _ = try await world.store.claimBodies(limit: 1, isBulk: true, node: 1)
            _ = try await world.store.claimBodies(limit: 1, isBulk: true, node: 2)
            _ = try await world.store.claimBodies(limit: 1, node: 1)

            #expect(try await world.store.releaseBodies(isBulk: true, node: 1) == 1)

            #expect(try await world.store.claimBodies(limit: 9, isBulk: true, node: 1).map(\.attempt) == [1])
            #expect(try await world.store.claimBodies(limit: 9, node: 1).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a body in quarantine is shown and the ledger counts it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await append(1, world)
            let body = try #require(try await world.store.claimBodies(limit: 1, node: 1).first)
            // Who hung and lost it to another has no say.
            try await world.store.quarantine(body.intake, node: 2)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM unrouted") == 0)
            try await world.store.quarantine(body.intake, node: 1)
            try await world.store.quarantine(body.intake, node: 1)
            #expect(try await world.store.look("SELECT reason FROM unrouted") == "stoppedInterpreter")
            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [])
            #expect(recount.ledger.bodies.unrouted == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an update that cannot be recorded is kept at its place, beside one that belongs to nobody`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            try await append(1, world)
            let claimed = try #require(try await world.store.claimBodies(limit: 1, node: 1).first)
            let stranger = Update(
                wabaID: "0", phoneNumberID: "0", field: "messages", fact: world.text("¿?", wamid: "1"))
            let broken = Update(
                wabaID: ConsoleWorld.wabaID, phoneNumberID: ConsoleWorld.phoneNumberID, field: "messages",
                fact: world.text("Hola", wamid: "2"))
            let body = InterpretedBody(
                intake: claimed.intake.id, receivedAt: world.clock.now, app: world.app, updates: [stranger, broken])
            _ = try await world.store.record(0, of: body, routes: world.store.routingTable(), node: 1)
            _ = try await world.store.close(body, failed: [1: "constraint"], node: 1)

            let rows = try await world.store.database.read { connection in
                try connection.rows("SELECT position, reason, kind FROM unrouted ORDER BY position", [:])
                    .map { "\($0.values)" }
            }
            #expect(rows.count == 2)
            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [])
            #expect(recount.ledger.messages.unrouted == 2)
            #expect(recount.ledger.bodies.waiting == 0)
        }
    }

    /// A node that hung while it had a body in hand, and goes on after another interpreted it.
    @Test(arguments: TestDatabase.available)
    func `a body that another node took over is not counted twice`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await append(1, world)
            let claimed = try #require(try await world.store.claimBodies(limit: 1, node: 1).first)
            let update = Update(
                wabaID: ConsoleWorld.wabaID, phoneNumberID: ConsoleWorld.phoneNumberID, field: "messages",
                fact: world.text("Hola", wamid: "1"))
            let body = InterpretedBody(
                intake: claimed.intake.id, receivedAt: world.clock.now, app: world.app, updates: [update])
            try await world.store.releaseBodies(node: 1)
            #expect(try await world.store.claimBodies(limit: 1, node: 2).count == 1)
            let routes = try await world.store.routingTable()

            let late = try await world.store.record([body], routes: routes, node: 1)
            #expect(late.storedMessages == 0)
            _ = try await world.store.record([body], routes: routes, node: 2)
            _ = try await world.store.record([body], routes: routes, node: 1)
            _ = try await world.store.record(0, of: body, routes: routes, node: 1)
            _ = try await world.store.close(body, failed: [0: "late"], node: 1)

            let recount = try await world.store.recount(in: world.workspace)
            #expect(recount.differences == [])
            #expect(recount.ledger.bodies.interpreted == 1)
            #expect(recount.ledger.messages.received == 1)
            #expect(recount.ledger.messages.unrouted == 0)
        }
    }
}
