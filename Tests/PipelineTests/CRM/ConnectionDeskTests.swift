import Domain
import OutboundHTTP
import Store
import Synchronization
import Testing

@testable import CRM
@testable import Pipeline

/// CRM connections that people make: what they typed is read, tried, kept, and used at once.
@Suite struct ConnectionDeskTests {
    private static let odoo: [ConnectionField: String] = [
        .baseURL: " https://ejemplo.odoo.com/ ", .token: "key-1\n", .webhookSecret: "0123456789abcdef",
    ]

    /// - Parameter built: the accounts that were asked for a connector.
    private static func desk(
        _ world: PipelineWorld, built: Recorder = Recorder(), reloads: Recorder = Recorder()
    ) -> ConnectionDesk {
        ConnectionDesk(
            store: world.store,
            connector: { account, _ in
                built.add("\(account.kind) \(account.baseURL) \(account.settings) \(account.secrets)")
                return ScriptedConnector(.init(), probeURL: account.baseURL)
            },
            exchange: { (exchange: CodeExchange) throws(CallFailure) -> String in
                built.add("\(exchange.vendor) \(exchange.code)")
                if exchange.code == "used" { throw ZohoAdvice.code("invalid_code", "invalid_code") }
                return "refresh-of-\(exchange.code)"
            },
            problem: { url in
                // Names are not asked for: no test depends on a network.
                if url.contains(".odoo.com") { return nil }
                return await AddressGuard(privateHosts: ["10.0.0.9"]).hookProblem(url)
            },
            random: { Array(repeating: 1, count: $0) }, reload: { reloads.add("reload") })
    }

    private func problems(
        _ kind: ConnectorKind, _ values: [ConnectionField: String], _ world: PipelineWorld
    ) async throws -> Set<ConnectionField> {
        let draft = ConnectionDraft(kind, values)
        let desk = Self.desk(world)
        let error = await #expect(throws: ConnectionProblems.self) {
            _ = try await desk.test(draft, in: world.workspace)
        }
        return Set(try #require(error).fields.keys)
    }

    /// A kind, what was typed, and the fields that are wrong.
    private typealias Mistake = (kind: ConnectorKind, values: [ConnectionField: String], wrong: Set<ConnectionField>)

    private static let mistakes: [Mistake] = [
        (.hubspot, [:], [.token]),
        (.hubspot, [.token: "a b", .baseURL: "api"], [.token, .baseURL]),
        (.hubspot, [.token: "t", .refreshToken: "r"], [.token, .clientID, .clientSecret]),
        (.salesforce, [.baseURL: "https://x.my.salesforce.com"], [.clientID, .clientSecret]),
        (
            .salesforce,
            [
                .baseURL: "https://x.my.salesforce.com", .clientID: "c", .clientSecret: "s", .username: "u@x.mx",
                .privateKey: "no key",
            ], [.clientSecret, .privateKey]
        ),
        (.zoho, [.dataCenter: "mars"], [.dataCenter, .clientID, .clientSecret, .refreshToken]),
        (
            .odoo,
            [
                .baseURL: "https://x.odoo.com", .token: "t", .webhookSecret: "short", .expiresOn: "31/03/2027",
            ], [.webhookSecret, .expiresOn]
        ),
        (.own, [.baseURL: "https://x.mx?a=b", .secret: "whsec_x"], [.baseURL, .secret]),
        (
            .hubspot, [.token: "t", .tier: "gold", .sweepEvery: "5 minutes", .compareEvery: "91d"],
            [.tier, .sweepEvery, .compareEvery]
        ),
        (.hubspot, [.token: "t", .sweepEvery: "9s", .compareEvery: "7"], [.sweepEvery, .compareEvery]),
        (.odoo, [.baseURL: "https://x.odoo.com", .token: "t", .callsPerSecond: "0"], [.callsPerSecond]),
    ]

    @Test func `each kind says which of its fields are missing or wrong`() async throws {
        try await PipelineWorld.with { world in
            for mistake in Self.mistakes {
                let found = try await problems(mistake.kind, mistake.values, world)
                #expect(found == mistake.wrong, "\(mistake.kind)")
            }
        }
    }

    @Test func `an address in a private network is refused before anything is asked`() async throws {
        try await PipelineWorld.with { world in
            for url in ["http://127.0.0.1:1", "https://169.254.169.254", "http://93.184.216.34"] {
                let built = Recorder()
                let desk = Self.desk(world, built: built)
                await #expect(throws: ConnectionProblems.self) {
                    _ = try await desk.test(
                        ConnectionDraft(.odoo, [.baseURL: url, .token: "t"]), in: world.workspace)
                }
                #expect(built.all.isEmpty)
            }
            let built = Recorder()
            _ = try await Self.desk(world, built: built).test(
                ConnectionDraft(.odoo, [.baseURL: "http://10.0.0.9", .token: "t"]), in: world.workspace)
            #expect(!built.all.isEmpty)
        }
    }

    @Test func `how fast it is worked is kept with it, shown again, and as usual where nothing is said`() async throws {
        try await PipelineWorld.with { world in
            let desk = Self.desk(world)
            let pace: [ConnectionField: String] = [
                .tier: "enterprise", .sweepEvery: "90s", .compareEvery: "2d", .callsPerSecond: "7",
            ]
            let id = try await desk.create(
                ConnectionDraft(.odoo, Self.odoo.merging(pace) { $1 }), named: "odoo", in: world.workspace, by: "Ana")

            let account = try #require(try await world.store.connectionAccounts().first { $0.id == id })
            let kept = StoredPace(of: account)
            #expect(kept.recordsPerMinute == 1500)
            #expect(kept.sweepSpan == .seconds(90) && kept.compareSpan == .hours(48))
            #expect(account.settings.contains(#""callsPerSecond":7"#))
            let shown = try await desk.shown(id, in: world.workspace).draft.values
            #expect(shown == pace.merging([.baseURL: "https://ejemplo.odoo.com"]) { $1 })

            try await desk.change(
                id, ConnectionDraft(.odoo, [.baseURL: "https://ejemplo.odoo.com"]), expecting: nil,
                in: world.workspace, by: "Ana")
            let usual = try #require(try await world.store.connectionAccounts().first { $0.id == id })
            #expect(StoredPace(of: usual) == StoredPace() && usual.settings == "{}")
        }
    }

    @Test func `one that is made is kept as the file's are, and read at once`() async throws {
        try await PipelineWorld.with { world in
            let (built, reloads) = (Recorder(), Recorder())
            let desk = Self.desk(world, built: built, reloads: reloads)

            let id = try await desk.create(
                ConnectionDraft(.odoo, Self.odoo), named: "odoo", in: world.workspace, by: "Ana")

            #expect(reloads.all == ["reload"])
            let account = try #require(try await world.store.connectionAccounts().first { $0.id == id })
            #expect(account.baseURL == "https://ejemplo.odoo.com")
            #expect(account.secrets == #"{"token":"key-1","webhookSecret":"0123456789abcdef"}"#)
            let shown = try await desk.shown(id, in: world.workspace)
            #expect(shown.draft.values == [.baseURL: "https://ejemplo.odoo.com"])
            #expect(shown.kept == [.token, .webhookSecret])
        }
    }

    @Test func `a code is exchanged once, and its refresh token takes its place`() async throws {
        try await PipelineWorld.with { world in
            let built = Recorder()
            let desk = Self.desk(world, built: built)
            let zoho: [ConnectionField: String] = [.dataCenter: "eu", .clientID: "c", .clientSecret: "s"]

            let draft = try await desk.exchanged(
                ConnectionDraft(.zoho, zoho.merging([.code: " 1000.code\n"]) { $1 }), in: world.workspace)
            #expect(draft[.code] == nil && draft[.refreshToken] == "refresh-of-1000.code")
            #expect(built.all == ["zoho(accountsURL: \"https://accounts.zoho.eu\") 1000.code"])

            let again = try await desk.exchanged(draft, in: world.workspace)
            #expect(again.values == draft.values && built.all.count == 1)
            _ = try await desk.create(again, named: "zoho", in: world.workspace, by: "Ana")
        }
    }

    @Test func `a code that is used up is said beside it, and one without its app is not exchanged`() async throws {
        try await PipelineWorld.with { world in
            let built = Recorder()
            let desk = Self.desk(world, built: built)
            let app: [ConnectionField: String] = [.clientID: "c", .clientSecret: "s"]

            let lacking = await #expect(throws: ConnectionProblems.self) {
                _ = try await desk.exchanged(ConnectionDraft(.hubspot, [.code: "x"]), in: world.workspace)
            }
            #expect(Set(try #require(lacking).fields.keys) == [.redirectURL, .clientID, .clientSecret])
            #expect(built.all.isEmpty)

            let used = await #expect(throws: ConnectionProblems.self) {
                _ = try await desk.exchanged(
                    ConnectionDraft(.zoho, app.merging([.dataCenter: "us", .code: "used"]) { $1 }),
                    in: world.workspace)
            }
            #expect(used?.fields[.code]?.en.contains("used up") == true)

            let unasked = try await problems(
                .hubspot, app.merging([.redirectURL: "https://p.example/x"]) { $1 }, world)
            #expect(unasked == [.code])
        }
    }

    @Test func `each kind is kept so that its connector can be built`() async throws {
        try await PipelineWorld.with { world in
            let client = OutboundClient(logger: quiet)
            let factory = ConnectorFactory(client: client, language: .english, now: world.store.now)
            let desk = ConnectionDesk(
                store: world.store, connector: { try factory.connector(for: $0, isTyped: $1) },
                exchange: { _ in "" }, problem: { _ in nil },
                random: { Array(repeating: 1, count: $0) }, reload: {})
            let drafts: [ConnectionDraft] = [
                ConnectionDraft(.hubspot, [.token: "pat-1", .appID: "12"]),
                ConnectionDraft(
                    .salesforce, [.baseURL: "https://x.my.salesforce.com", .clientID: "c", .clientSecret: "s"]),
                ConnectionDraft(
                    .zoho, [.dataCenter: "eu", .clientID: "c", .clientSecret: "s", .refreshToken: "r"]),
                ConnectionDraft(.odoo, Self.odoo),
                ConnectionDraft(
                    .own,
                    [.baseURL: "https://x.mx/puente"].merging(desk.suggestions(for: .own)) { one, _ in one }),
            ]
            for (number, draft) in drafts.enumerated() {
                _ = try await desk.create(draft, named: "made_\(number)", in: world.workspace, by: "Ana")
            }
            let book = ConnectorBook(store: world.store, factory: factory)
            let unusable = try await book.refresh().filter { $0.slug.hasPrefix("made_") }
            #expect(unusable.isEmpty)
            #expect((0..<drafts.count).allSatisfy { book.entry(named: "made_\($0)") != nil })
            try await client.shutdown()
        }
    }

    @Test func `a kept secret goes to the address that it was typed for, and to no other`() async throws {
        try await PipelineWorld.with { world in
            let built = Recorder()
            let desk = Self.desk(world, built: built)
            let id = try await desk.create(
                ConnectionDraft(.odoo, Self.odoo), named: "odoo", in: world.workspace, by: "Ana")

            _ = try await desk.test(
                ConnectionDraft(.odoo, [.baseURL: "https://ejemplo.odoo.com", .database: "x"]), changing: id,
                in: world.workspace)
            #expect(built.all.last?.contains("key-1") == true)

            let error = await #expect(throws: ConnectionProblems.self) {
                _ = try await desk.test(
                    ConnectionDraft(.odoo, [.baseURL: "https://93.184.216.34"]), changing: id, in: world.workspace)
            }
            #expect(error?.fields.keys.contains(.token) == true)
            await #expect(throws: PuenteError.noConnection) {
                _ = try await desk.test(
                    ConnectionDraft(.hubspot, [.token: "t"]), changing: id, in: world.workspace)
            }
        }
    }

    @Test func `a former secret ends when somebody says so, and one that is needed does not`() async throws {
        try await PipelineWorld.with { world in
            let desk = Self.desk(world)
            let (new, former) = ("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB")
            let address: [ConnectionField: String] = [.baseURL: "https://shop.odoo.com"]
            let secrets: [ConnectionField: String] = [.secret: new, .previousSecret: former]
            let id = try await desk.create(
                ConnectionDraft(.own, address.merging(secrets) { $1 }), named: "shop", in: world.workspace, by: "Ana")
            func kept() async throws -> String? {
                try await world.store.connectionAccounts().first { $0.id == id }?.secrets
            }

            try await desk.change(
                id, ConnectionDraft(.own, address), expecting: nil, in: world.workspace, by: "Ana")
            let before = try await kept()
            try await desk.change(
                id, ConnectionDraft(.own, address, dropping: [.secret, .previousSecret]), expecting: nil,
                in: world.workspace, by: "Ana")
            let after = try await kept()

            #expect(before?.contains(new) == true && before?.contains(former) == true)
            #expect(after?.contains(new) == true && after?.contains(former) == false)
        }
    }

    @Test func `names are those that puente.yaml takes, and none of a page's`() async throws {
        try await PipelineWorld.with { world in
            let desk = Self.desk(world)
            let draft = ConnectionDraft(.odoo, Self.odoo)
            for name in ["", "new", "Odoo", "a b", "a-b", String(repeating: "a", count: 33)] {
                let error = await #expect(throws: PuenteError.self) {
                    _ = try await desk.create(draft, named: name, in: world.workspace, by: "Ana")
                }
                #expect(error?.detail == "name", "\(name)")
            }
            let first = try await desk.freeName(for: .odoo, in: world.workspace)
            #expect(first == "odoo")
            _ = try await desk.create(draft, named: "odoo", in: world.workspace, by: "Ana")
            let second = try await desk.freeName(for: .odoo, in: world.workspace)
            #expect(second == "odoo_2")
        }
    }

    @Test func `the day that somebody wrote down is that of the alarm`() async throws {
        try await PipelineWorld.with { world in
            let desk = Self.desk(world)
            let id = try await desk.create(
                ConnectionDraft(.odoo, Self.odoo.merging([.expiresOn: "2027-03-31"]) { $1 }), named: "odoo",
                in: world.workspace, by: "Ana")
            let account = try #require(try await world.store.connectionAccounts().first { $0.id == id })
            #expect(StoredCRM.expiry(of: account) == CivilDate(year: 2027, month: 3, day: 31))
        }
    }
}

/// What was called, in its order.
private final class Recorder: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) {
        lines.withLock { $0.append(line) }
    }
}
