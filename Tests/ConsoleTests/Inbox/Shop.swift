import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Pipeline
import Secrets
import Store
import Synchronization

@testable import Console

/// A company with one number, one CRM and one person at the console, on a clock that is moved by hand.
/// The console is asked over HTTP as a browser would; what customers and Meta say is recorded directly.
struct Shop: Sendable {
    static let phoneNumberID = "106540352242922"
    static let wabaID = "102290129340398"

    let store: Store
    let workspace: WorkspaceID
    let number: NumberID
    let staff: StaffID
    let app: AppID
    let grips: [LaneGrip]
    let node: Int
    let media: MediaFolder
    let clock: ShopClock
    /// Of the person, in the cookie and in every form.
    let session = SecretToken(prefix: "s")
    static let csrf = "csrf-token-of-the-shop"
    let client: any TestClientProtocol

    static func open(_ body: @escaping @Sendable (Shop) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "puente-inbox-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system cleans what cannot be removed
        let database = try SQLiteDatabase(path: folder + "/puente.db", readers: 2)
        do {
            try await open(on: database, folder: folder, body)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func open(
        on database: SQLiteDatabase, folder: String, _ body: @escaping @Sendable (Shop) async throws -> Void
    ) async throws {
        _ = try await Migrator(database).migrate()
        let clock = ShopClock(SampleWorld.now)
        let store = Store(
            database: database, ids: IDGenerator(node: 1, now: { clock.now }), keys: try KeyRing.generate(),
            now: { clock.now }, canonicalPhone: { $0 })
        let media = MediaFolder(path: folder + "/media")
        let router = Router(context: ServerContext.self)
        ConsoleSite(try parts(store, media: media)).add(to: router)
        try await Application(router: router).test(.router) { client in
            try await body(Shop(store, media: media, clock: clock, client: client))
        }
    }

    private init(
        _ store: Store, media: MediaFolder, clock: ShopClock, client: any TestClientProtocol
    ) async throws {
        self.store = store
        self.media = media
        self.clock = clock
        self.client = client
        workspace = try await store.provision(Self.provision)
        number = try found(await store.numberAccounts().first).id
        app = try found(await store.apps().first).id
        let lease = try await store.join(name: "test", token: "test", isAlone: true)
        grips = try await store.rebalance(lease, held: []).taken
        node = lease.number
        staff = try await store.createStaff(
            email: "ana@ejemplo.mx", name: "Ana Rivas", role: .agent, passwordHash: .init(rawValue: "-"),
            in: workspace)
        try await store.startSession(session.hash, csrfToken: Self.csrf, staff: staff, in: workspace)
        try await store.setPreferences(language: .english, theme: nil, of: staff, in: workspace)
    }

    private static func parts(_ store: Store, media: MediaFolder) throws -> ConsoleParts {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let assets = try AssetLibrary(folder: SampleWorld.assetsFolder)
        let changes = ChangeFeed()
        return ConsoleParts(
            store: store, renderer: try PageRenderer(folder: SampleWorld.assetsFolder, assets: assets), assets: assets,
            media: media, hasher: PasswordHasher(), changes: changes, wakeBoard: WakeBoard(),
            events: EventHub(store: store, changes: changes, hasNeighbours: false, logger: logger),
            accept: { try await store.accept($0) },
            checks: LiveChecks(number: { _ in [] }, connection: { _, _ in [] }), hooks: .sample(store),
            connections: .sample(store), mappings: SampleCRM().desk(store), sync: .sample(store),
            readYAML: { Array($0.utf8) }, settings: ConsoleSettings(), logger: logger)
    }

    private static let provision = Provision(
        workspaceName: "Ejemplo S.A.", region: "MX", language: "es",
        apps: ["main": .init(appID: "1", secret: "s", previousSecret: nil, verifyToken: "v")],
        numbers: [
            "main": .init(
                app: "main", phoneNumberID: phoneNumberID, wabaID: wabaID, portfolioID: "7",
                displayNumber: "+1 555 078 3881", accessToken: "t")
        ],
        connections: [
            "hubspot": .init(kind: "hubspot", baseURL: "https://api.hubapi.com", settings: "{}", secrets: "{}")
        ])

    /// Time passes, and the person signs in again: sessions end before a window does.
    func wait(_ duration: Duration) async throws {
        clock.move(duration)
        try await store.endSession(session.hash, in: workspace)
        try await store.startSession(session.hash, csrfToken: Self.csrf, staff: staff, in: workspace)
    }

    func grip(_ lane: Lane) throws -> LaneGrip {
        try found(grips.first { $0.lane == lane })
    }
}

/// A clock that stands still until it is moved.
final class ShopClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp) {
        time = Mutex(start)
    }

    var now: Timestamp { time.withLock { $0 } }

    func move(_ duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}

extension Shop {
    struct Missing: Error {}
}

/// `#require` outside a test.
func found<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Shop.Missing() }
    return value
}
