import Domain
import Testing

@testable import Store

/// What a start with a changed configuration mends.
@Suite struct ProvisionTests {
    private func provision(token: String = "t", secrets: String = "{}") -> Provision {
        var provision = ConsoleWorld.provision
        provision.numbers["main"] = .init(
            app: "main", phoneNumberID: ConsoleWorld.phoneNumberID, wabaID: ConsoleWorld.wabaID, portfolioID: "7",
            displayNumber: "+1 555 078 3881", accessToken: token)
        provision.connections["hubspot"] = .init(
            kind: "hubspot", baseURL: "https://api.hubapi.com", settings: "{}", secrets: secrets)
        return provision
    }

    private func pauseAll(_ world: ConsoleWorld) async throws {
        let dead = ConsoleWorld.failure(.accountWide, code: "190")
        let keys: [(PauseScope, String)] = [
            (.credential, "\(world.number)"), (.credential, "\(world.crm)"), (.waba, ConsoleWorld.wabaID),
        ]
        for (scope, key) in keys {
            try await world.store.pause(scope, key: key, in: world.workspace, failure: dead, until: nil)
        }
    }

    private func paused(_ world: ConsoleWorld) async throws -> Set<String> {
        Set(try await world.store.pauses().map { "\($0.scope.rawValue):\($0.key)" })
    }

    @Test(arguments: TestDatabase.available)
    func `another token ends the pause of the dead one, and its alarm`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await pauseAll(world)

            _ = try await world.store.provision(provision(token: "new"))

            // The account itself is Meta's to let go on; the CRM's token is still the same.
            #expect(try await paused(world) == ["waba:\(ConsoleWorld.wabaID)", "credential:\(world.crm)"])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM alarm WHERE cleared_at IS NULL") == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a CRM's new secret ends its pause; the same configuration ends none`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await pauseAll(world)
            _ = try await world.store.provision(provision())
            #expect(try await paused(world).count == 3)

            _ = try await world.store.provision(provision(secrets: #"{"token":"new"}"#))

            #expect(try await paused(world) == ["waba:\(ConsoleWorld.wabaID)", "credential:\(world.number)"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `other nodes see that accounts have changed, and nothing of what they are`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            let first = try #require(await world.store.accountsVersion())
            _ = try await world.store.provision(provision())
            #expect(try await world.store.accountsVersion() == first)

            _ = try await world.store.provision(provision(token: "another-token"))

            let second = try #require(await world.store.accountsVersion())
            #expect(second != first)
            #expect(!second.contains("another-token"))
        }
    }
}
