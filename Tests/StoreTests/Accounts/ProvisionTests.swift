import Domain
import Secrets
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

    @Test(arguments: TestDatabase.available)
    func `what any of an account's apps signs is taken, and what another app signs is not`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            let first = try await world.store.accountsVersion()
            var several = provision()
            several.apps["second"] = .init(appID: "2", secret: "s2", previousSecret: nil, verifyToken: "v2")
            several.apps["third"] = .init(appID: "3", secret: "s3", previousSecret: nil, verifyToken: "v3")
            several.numbers["main"] = .init(
                app: "main", alsoApps: ["second"], phoneNumberID: ConsoleWorld.phoneNumberID,
                wabaID: ConsoleWorld.wabaID, portfolioID: "7", displayNumber: "+1 555 078 3881", accessToken: "t")

            _ = try await world.store.provision(several)

            #expect(try await signers(world) == ["main", "second"])
            #expect(try await world.store.accountsVersion() != first)
            _ = try await world.store.provision(several)
            #expect(try await signers(world) == ["main", "second"])
            _ = try await world.store.provision(provision())
            #expect(try await signers(world) == ["main"])
        }
    }

    // MARK: Names

    private func number(_ phoneNumberID: String) -> Provision.Number {
        .init(
            app: "main", phoneNumberID: phoneNumberID, wabaID: ConsoleWorld.wabaID, portfolioID: "7",
            displayNumber: "+1 555 078 3881", accessToken: "t")
    }

    private func numbers(_ world: ConsoleWorld) async throws -> [String: String] {
        try await world.store.database.read { connection in
            let rows = try connection.rows("SELECT slug, phone_number_id FROM number WHERE state <> 'disabled'", [:])
            return try Dictionary(
                uniqueKeysWithValues: rows.map { (try $0.get("slug"), try $0.get("phone_number_id")) })
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a number under another name is the same number with its conversations`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.write("Hola", wamid: "1")
            var renamed = provision()
            renamed.numbers = ["shop": number(ConsoleWorld.phoneNumberID)]

            _ = try await world.store.provision(renamed)

            #expect(try await world.store.numbers(in: world.workspace).map(\.name) == ["shop"])
            #expect(try await world.store.look("SELECT number_id FROM conversation") == world.number)
            #expect(try await world.store.look("SELECT id FROM number") == world.number)
            // And back again.
            _ = try await world.store.provision(provision())
            #expect(try await world.store.numbers(in: world.workspace).map(\.name) == ["main"])
        }
    }

    @Test(arguments: TestDatabase.available)
    func `numbers may change names with each other, and one may take the name of another`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            var file = provision()
            file.numbers = ["a": number(ConsoleWorld.phoneNumberID), "b": number("2")]
            _ = try await world.store.provision(file)

            file.numbers = ["b": number(ConsoleWorld.phoneNumberID), "a": number("2")]
            _ = try await world.store.provision(file)
            #expect(try await numbers(world) == ["b": ConsoleWorld.phoneNumberID, "a": "2"])
            #expect(try await world.store.look("SELECT slug FROM number WHERE id = \(world.number.rawValue)") == "b")

            file.numbers = ["a": number(ConsoleWorld.phoneNumberID)]
            _ = try await world.store.provision(file)
            #expect(try await numbers(world) == ["a": ConsoleWorld.phoneNumberID])
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM number") == 2)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `an API key under another name is the same key; two names for one are told by name`(
        engine: TestDatabase
    ) async throws {
        try await engine.withWorld { world in
            var file = provision()
            file.apiKeys = ["shop": .init(key: "pk_1", scopes: "read"), "ops": .init(key: "pk_2", scopes: "read")]
            _ = try await world.store.provision(file)

            file.apiKeys = ["ops": .init(key: "pk_1", scopes: "read"), "new": .init(key: "pk_2", scopes: "read")]
            _ = try await world.store.provision(file)
            #expect(try await world.store.apiKey(TokenHash(of: "pk_1"))?.name == "ops")
            #expect(try await world.store.apiKey(TokenHash(of: "pk_2"))?.name == "new")

            file.apiKeys["twice"] = .init(key: "pk_1", scopes: "read")
            let problem = await #expect(throws: PuenteError.self) { try await world.store.provision(file) }
            #expect(problem?.code == .invalid)
            #expect(problem?.message.en.contains("api_keys.twice.key") == true)
        }
    }

    /// The apps whose signature makes a webhook of the number, and one of its account, ours.
    private func signers(_ world: ConsoleWorld) async throws -> Set<String> {
        let routes = try await world.store.routingTable()
        let updates = [ConsoleWorld.phoneNumberID, nil].map {
            Update(wabaID: ConsoleWorld.wabaID, phoneNumberID: $0, field: "messages", fact: world.news("read", of: "1"))
        }
        let apps: [(slug: String, id: AppID)] = try await world.store.database.read { connection in
            try connection.rows("SELECT slug, id FROM app", [:]).map { (try $0.get("slug"), try $0.get("id")) }
        }
        return Set(
            apps.filter { app in
                updates.allSatisfy { update in
                    if case .unrouted = routes.destination(of: update, signedBy: app.id) { false } else { true }
                }
            }.map(\.slug))
    }
}
