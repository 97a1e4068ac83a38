import Domain
import Testing

@testable import Store

/// Whoever has a lane tells that its destination is away; no alarm outlives that.
@Suite struct AwayAlarmTests {
    private let text = LocalizedText(en: "HubSpot cannot be reached.", es: "No se puede alcanzar HubSpot.")

    private func raise(_ world: ConsoleWorld, _ grip: LaneGrip) async throws {
        try await world.store.raiseAwayAlarm(text, since: world.clock.now - .minutes(1), grip: grip)
    }

    private func open(_ world: ConsoleWorld) async throws -> [AlarmSummary] {
        try await world.store.navigation(in: world.workspace).alarms
    }

    @Test(arguments: TestDatabase.available)
    func `it says since when, and ends when the destination is back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let grip = try world.grip(.connection(world.crm))
            try await raise(world, grip)
            let alarm = try #require(try await open(world).first)
            #expect(alarm.kind == "destination_away")
            #expect(alarm.raisedAt == world.clock.now - .minutes(1))
            #expect(AwayAlarm.lane(of: alarm.subject) == grip.lane)

            try await world.store.clearAwayAlarm(grip)
            #expect(try await open(world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `who lost the lane says nothing of it any more`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let former = try world.grip(.connection(world.crm))
            let grip = try await world.takeOver(former.lane)
            await #expect(throws: LaneLost.self) { try await raise(world, former) }
            try await raise(world, grip)
            await #expect(throws: LaneLost.self) { try await world.store.clearAwayAlarm(former) }
            try await world.store.release(former)
            #expect(try await open(world).count == 1)

            try await world.store.release(grip)
            #expect(try await open(world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a program that starts again begins without it`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await raise(world, world.grip(.connection(world.crm)))
            try await raise(world, world.grip(.number(world.number)))

            let again = try await world.store.join(name: "test", token: "again", isAlone: true)
            _ = try await world.store.rebalance(again, held: [])

            #expect(try await open(world) == [])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `what is taken out of the configuration is not away`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await raise(world, world.grip(.connection(world.crm)))
            var provision = ConsoleWorld.provision
            provision.connections = [:]

            _ = try await world.store.provision(provision)

            #expect(try await open(world) == [])
        }
    }
}
