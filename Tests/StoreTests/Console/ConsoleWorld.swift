import Domain
import Secrets
import Synchronization

@testable import Store

/// A small company with one number and one CRM, on a clock that is moved by hand.
struct ConsoleWorld {
    static let phoneNumberID = "106540352242922"
    /// Of a number that only some worlds have.
    static let secondPhoneNumberID = "106540352242923"
    static let wabaID = "102290129340398"
    static let start = Timestamp(milliseconds: 1_795_042_920_000)  // 2026-11-18 23:02 UTC

    let store: Store
    let clock: TestClock
    let workspace: WorkspaceID
    let number: NumberID
    let app: AppID
    let crm: ConnectionID
    let lease: NodeLease
    let grips: [LaneGrip]

    init(
        _ database: any SQLDatabase, provision: Provision = Self.provision,
        canonicalPhone: @escaping @Sendable (String) -> String = { $0 },
        kindOfNumber: @escaping @Sendable (String) -> PhoneNumberKind = { _ in .unknown }, days: LocalDays = .utc
    ) async throws {
        let clock = TestClock(Self.start)
        let ids = IDGenerator(node: 1, now: { clock.now })
        let store = Store(
            database: database, ids: ids, keys: try KeyRing.generate(), now: { clock.now },
            canonicalPhone: canonicalPhone, kindOfNumber: kindOfNumber, days: days)
        workspace = try await store.provision(provision)
        lease = try await store.join(name: "test", token: "test", isAlone: true)
        grips = try await store.rebalance(lease, held: []).taken
        number = try required(await store.numberAccounts().first { $0.phoneNumberID == Self.phoneNumberID }).id
        crm = try required(await store.connectionAccounts().first).id
        app = try required(await store.apps().first).id
        self.store = store
        self.clock = clock
    }

    static let provision = Provision(
        workspaceName: "Ejemplo S.A.", region: "MX", language: "es",
        apps: ["main": .init(appID: "1", secret: "s", previousSecret: nil, verifyToken: "v")],
        numbers: [
            "main": .init(
                app: "main", phoneNumberID: phoneNumberID, wabaID: wabaID, portfolioID: "7",
                displayNumber: "+1 555 078 3881", accessToken: "t")
        ],
        connections: [
            "hubspot": .init(kind: "hubspot", baseURL: "https://api.hubapi.com", settings: "{}", secrets: "{}")
        ],
        apiKeys: ["ops": .init(key: "pk_ops", scopes: "read write")])

    func grip(_ lane: Lane) throws -> LaneGrip {
        try required(grips.first { $0.lane == lane })
    }
}

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp) {
        time = Mutex(start)
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}

struct Missing: Error {}

/// `#require` outside a test.
func required<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}
