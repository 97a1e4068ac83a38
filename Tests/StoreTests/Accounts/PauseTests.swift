import Domain
import Testing

@testable import Store

@Suite struct PauseTests {
    private func pause(_ code: String, for duration: Duration?, _ world: ConsoleWorld) async throws {
        let kind: CallFailure.Kind = duration.map { .throttled(retryAfter: $0) } ?? .accountWide
        try await world.store.pause(
            .waba, key: ConsoleWorld.wabaID, in: world.workspace, failure: ConsoleWorld.failure(kind, code: code),
            until: duration.map { world.clock.now + $0 })
    }

    private func code(_ world: ConsoleWorld) async throws -> String? {
        try await world.store.pauses().first?.code
    }

    @Test(arguments: TestDatabase.available)
    func `a throttle neither ends nor renames what only a person can mend`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await pause("131031", for: nil, world)
            try await pause("80007", for: .seconds(30), world)
            let holding = try #require(try await world.store.pauses().first)
            #expect(holding.code == "131031")
            #expect(holding.until == nil)

            try await pause("190", for: nil, world)
            #expect(try await code(world) == "190")
            try await pause(Pause.byPerson, for: nil, world)
            for (next, duration) in [("190", nil), ("80007", Duration.seconds(30))] {
                try await pause(next, for: duration, world)
                #expect(try await code(world) == Pause.byPerson)
            }
        }
    }

    @Test(arguments: TestDatabase.available)
    func `of two throttles the longer one holds and says why`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await pause("long", for: .seconds(60), world)
            try await pause("short", for: .seconds(30), world)
            #expect(try await code(world) == "long")
            #expect(try await world.store.pauses().first?.until == world.clock.now + .seconds(60))

            try await pause("longer", for: .seconds(90), world)
            #expect(try await code(world) == "longer")
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a pause that is over gives the next one no earlier beginning`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let since = { try await world.store.pauses().first?.since }
            let began = world.clock.now
            try await pause("80007", for: .seconds(30), world)
            world.clock.advance(by: .seconds(20))
            try await pause("80007", for: .seconds(30), world)
            #expect(try await since() == began)

            world.clock.advance(by: .days(21))
            try await pause("80007", for: .seconds(30), world)
            let again = world.clock.now
            #expect(try await since() == again)

            world.clock.advance(by: .seconds(10))
            try await pause("190", for: nil, world)
            world.clock.advance(by: .days(1))
            try await pause("190", for: nil, world)
            #expect(try await since() == again)
        }
    }
}
