import Domain
import Secrets
import Testing

@testable import Store

/// What becomes of what is sent, and of who does not take it.
@Suite struct WebhookDeliveryTests {
    @Test(arguments: TestDatabase.available)
    func `each subscriber that asked for it gets it, and no other`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let one = try await world.subscribe(to: [.messageReceived])
            let other = try await world.subscribe(to: [.contactCreated])
            let grips = try await world.store.rebalance(world.lease, held: world.grips).taken

            try await world.write("Hola", wamid: "1")
            try await world.pump()

            for (endpoint, type) in [(one, "message.received"), (other, "contact.created")] {
                let grip = try #require(grips.first { $0.lane == .subscriber(endpoint) })
                let due = try await world.due(grip)
                #expect(due.count == 1)
                #expect(due.allSatisfy { $0.body.contains("\"type\":\"\(type)\"") })
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what failed comes again when it is due, and counts its attempts`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, grip in
            let first = try #require(try await world.due(grip).first)
            try await world.settle(first, .again(at: world.clock.now + .seconds(30)), status: 500, grip)

            #expect(try await world.due(grip).isEmpty)
            world.clock.advance(by: .seconds(30))
            #expect(try await world.due(grip).map(\.attempts) == [1])

            try await world.settle(first, .delivered, status: 200, grip)
            #expect(try await world.due(grip).isEmpty)
            let log = try await world.store.webhookDeliveries(of: endpoint, in: world.workspace).items
            #expect(log.map(\.state) == [.delivered])
            #expect(log.map(\.attempts) == [2])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a program's own hook goes when its address says so`(engine: TestDatabase) async throws {
        try await engine.withHook(.restHook) { world, endpoint, grip in
            let first = try #require(try await world.due(grip).first)

            let isOff = try await world.settle(first, .gone, status: 410, grip)

            #expect(isOff)
            #expect(try await world.store.webhookEndpoint(endpoint, in: world.workspace) == nil)
            try await world.write("Otra", wamid: "2")
            #expect(try await world.pump() == 0)
            await #expect(throws: LaneLost.self) {
                try await world.settle(first, .delivered, status: 200, grip)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that a person made is switched off with an alarm, and goes on again`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, grip in
            let first = try #require(try await world.due(grip).first)
            try await world.settle(first, .gone, status: 410, grip)

            let off = try #require(try await world.store.webhookEndpoint(endpoint, in: world.workspace))
            #expect(off.offReason == .gone)
            #expect(try await world.openAlarms() == 1)
            await #expect(throws: PuenteError.webhookIsOff) {
                try await world.store.testWebhookEndpoint(endpoint, in: world.workspace)
            }

            try await world.store.switchWebhookEndpoint(endpoint, on: true, in: world.workspace, by: "Ana")
            #expect(try await world.openAlarms() == 0)
            #expect(
                try await world.store.replayFailedWebhooks(since: nil, of: endpoint, in: world.workspace) == 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `days of nothing but failures switch it off, and one success begins anew`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, grip in
            let first = try #require(try await world.due(grip).first)
            func fail() async throws -> Bool {
                try await world.settle(first, .again(at: world.clock.now), status: 500, grip)
            }
            #expect(try await fail() == false)
            world.clock.advance(by: .days(2))
            #expect(try await fail() == false)

            try await world.store.testWebhookEndpoint(endpoint, in: world.workspace)
            let test = try #require(try await world.due(grip).last)
            try await world.settle(test, .delivered, status: 204, grip)
            world.clock.advance(by: .days(2))
            #expect(try await fail() == false)
            world.clock.advance(by: .days(3))

            #expect(try await fail())
            let off = try #require(try await world.store.webhookEndpoint(endpoint, in: world.workspace))
            #expect(off.offReason == .failing)
            let log = try await world.store.webhookDeliveries(
                of: endpoint, WebhookLogQuery(state: .failed), in: world.workspace)
            #expect(log.items.map(\.id) == [first.id])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one delivery is sent again, with the body that it had`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, grip in
            let first = try #require(try await world.due(grip).first)
            try await world.settle(first, .delivered, status: 200, grip)

            try await world.store.replayWebhookDelivery(first.id, of: endpoint, in: world.workspace)

            let again = try #require(try await world.due(grip).first)
            #expect(again.body == first.body)
            #expect(again.event == first.event)
            await #expect(throws: PuenteError.noDelivery) {
                try await world.store.replayWebhookDelivery(
                    WebhookDeliveryID(rawValue: 7), of: endpoint, in: world.workspace)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `one that waits is sent now, and keeps its attempts`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, grip in
            let first = try #require(try await world.due(grip).first)
            try await world.settle(first, .again(at: world.clock.now + .hours(2)), status: 503, grip)
            #expect(try await world.due(grip).isEmpty)

            let wasWaiting = try await world.store.replayWebhookDelivery(
                first.id, of: endpoint, in: world.workspace)

            #expect(wasWaiting)
            #expect(try await world.due(grip).map(\.attempts) == [1])
            try await world.settle(first, .failed, status: 400, grip)
            let wasWaitingStill = try await world.store.replayWebhookDelivery(
                first.id, of: endpoint, in: world.workspace)
            #expect(!wasWaitingStill)
            #expect(try await world.due(grip).map(\.attempts) == [0])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `the secret before signs as well until its time is over`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, grip in
            let before = try await world.target(grip).secret
            let rotated = try await world.store.rotateWebhookSecret(
                endpoint, overlap: .hours(1), in: world.workspace, by: "Ana")

            let both = try await world.target(grip)
            #expect(both.secret == rotated.secret)
            #expect(both.previousSecret == before)

            world.clock.advance(by: .hours(1))
            #expect(try await world.target(grip).previousSecret == nil)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `secrets are sealed anew with the key file`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, _ in
            let before = try await SealedSecrets(world.store.database).census().total
            _ = try await world.store.rotateWebhookSecret(
                endpoint, overlap: .hours(1), in: world.workspace, by: "Ana")

            #expect(try await SealedSecrets(world.store.database).census().total == before + 1)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what was told goes after its time`(engine: TestDatabase) async throws {
        try await engine.withHook { world, endpoint, _ in
            world.clock.advance(by: .days(31))

            try await world.store.prune(Retention())

            #expect(try await world.store.webhookDeliveries(of: endpoint, in: world.workspace).items.isEmpty)
        }
    }
}

extension TestDatabase {
    /// A subscriber to whom a customer's message is due.
    fileprivate func withHook(
        _ origin: WebhookEndpoint.Origin = .console,
        _ body: (ConsoleWorld, WebhookEndpointID, LaneGrip) async throws -> Void
    ) async throws {
        try await withWorld { world in
            let endpoint = try await world.subscribe(to: [.messageReceived], origin: origin)
            let grip = try await world.takeHook(endpoint)
            try await world.write("Hola", wamid: "1")
            try await world.pump()
            try await body(world, endpoint, grip)
        }
    }
}

extension ConsoleWorld {
    @discardableResult
    fileprivate func settle(
        _ delivery: HookDelivery, _ verdict: HookVerdict, status: Int, _ grip: LaneGrip
    ) async throws -> Bool {
        let attempt = HookAttempt(
            delivery: delivery.id, verdict: verdict, status: status, error: .same("\(status)"),
            took: .milliseconds(7), at: clock.now)
        return try await store.settle([attempt], offAfter: .days(3), grip: grip)
    }

    fileprivate func target(_ grip: LaneGrip) async throws -> HookTarget {
        try required(try await store.hookTurn(grip, inHand: [], limit: 1).target)
    }

    fileprivate func openAlarms() async throws -> Int {
        try await store.database.read {
            try $0.value(
                "SELECT COUNT(*) AS n FROM alarm WHERE kind = 'webhook_off' AND cleared_at IS NULL", as: Int.self)
        } ?? 0
    }
}
