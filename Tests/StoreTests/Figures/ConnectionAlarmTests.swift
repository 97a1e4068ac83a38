import Domain
import Testing

@testable import Store

@Suite struct ConnectionAlarmTests {
    private static let text = LocalizedText(en: "Mend it.", es: "Corríjalo.")

    @Test(arguments: TestDatabase.available)
    func `what is wrong with a connection is named by it until it is over`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let grip = try world.grip(.connection(world.crm))
            try await world.store.pause(
                .credential, key: "\(world.crm)", in: world.workspace,
                failure: ConsoleWorld.failure(.accountWide, code: "401"), until: nil)
            world.clock.advance(by: .seconds(1))
            try await world.store.tellOfCredentials(Self.text, grip: grip)
            world.clock.advance(by: .seconds(1))
            try await world.store.raiseAwayAlarm(Self.text, since: world.clock.now, grip: grip)
            try await world.store.pause(
                .waba, key: ConsoleWorld.wabaID, in: world.workspace,
                failure: ConsoleWorld.failure(.accountWide, code: "131031"), until: nil)

            let open = try await world.store.connectionAlarms()

            #expect(open.map(\.kind) == ["paused", "credential_ending", "destination_away"])
            #expect(open.allSatisfy { $0.connection == "hubspot" })
            #expect(open.last?.text == Self.text)
            #expect(try await world.store.gauges().connectionAlarms == open)

            try await world.store.resume(.credential, key: "\(world.crm)", in: world.workspace)
            try await world.store.clearAwayAlarm(grip)
            #expect(try await world.store.connectionAlarms().map(\.kind) == ["credential_ending"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `missing fields are told once, and all is compared anew when one is back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let grip = try world.grip(.connection(world.crm))
            let both = LocalizedText(en: "a and b", es: "a y b")
            func tell(_ text: LocalizedText?) async throws -> Bool {
                try await world.store.tellOfMissingFields(text, grip: grip)
            }
            #expect(try await tell(nil) == false)
            #expect(try await tell(both))
            #expect(try await tell(both) == false)
            #expect(try await tell(Self.text))
            #expect(try await world.store.connectionAlarms().map(\.kind) == ["crm_field_missing"])
            #expect(try await world.store.connectionAlarms().map(\.text) == [Self.text])

            #expect(try await tell(nil))
            #expect(try await world.store.connectionAlarms().isEmpty)
        }
    }
}
