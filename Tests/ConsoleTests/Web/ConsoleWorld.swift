import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import PhoneNumbers
import Pipeline
import Secrets
import Store
import Synchronization
import Testing

@testable import Console

/// A console without a network: its routes on a database of their own, a clock moved by hand, and people who may sign in.
struct ConsoleWorld: Sendable {
    static let password = "correcta-caballo-batería"

    let store: Store
    let workspace: WorkspaceID
    let ana: StaffID
    let parts: ConsoleParts
    let clock: HandClock
    let lease: NodeLease
    let grips: [LaneGrip]
    /// What is wrong with the process, as the test wants it.
    let standing: StandingAlarms
    /// What mappings ask.
    let crm: SampleCRM
    let folder: String

    /// - Parameters:
    ///   - settings: changes the console's settings before it starts.
    ///   - body: gets the world, and a browser in which nobody has signed in.
    static func run(
        settings: (inout ConsoleSettings) -> Void = { _ in },
        _ body: @escaping @Sendable (ConsoleWorld, Browser) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "puente-console-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try SQLiteDatabase(path: folder + "/puente.db", readers: 2)
        do {
            var chosen = ConsoleSettings(language: .english, region: "MX")
            settings(&chosen)
            let world = try await make(on: database, folder: folder, settings: chosen)
            try await world.app.test(.router) { client in
                try await body(world, Browser(client))
                await world.parts.listings.settled()
            }
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func make(
        on database: SQLiteDatabase, folder: String, settings: ConsoleSettings
    ) async throws -> ConsoleWorld {
        _ = try await Migrator(database).migrate()
        let clock = HandClock(SampleWorld.now)
        let now: @Sendable () -> Timestamp = { clock.now }
        let store = Store(
            database: database, ids: IDGenerator(node: 1, now: now), keys: try KeyRing.generate(), now: now,
            canonicalPhone: { WhatsAppNumber.canonical($0) })
        let workspace = try await store.provision(.sample)
        let lease = try await store.join(name: "test", token: "test", isAlone: true)
        let grips = try await store.rebalance(lease, held: []).taken
        let hash = try await hasher.hash(password)
        let ana = try await store.createStaff(
            email: "ana@ejemplo.mx", name: "Ana Rivas", role: .admin, passwordHash: hash, in: workspace)
        let world = try SampleWorld(.english)
        let changes = ChangeFeed()
        let wakeBoard = WakeBoard()
        let standing = StandingAlarms()
        let crm = SampleCRM()
        let parts = ConsoleParts(
            store: store, renderer: world.renderer, assets: world.assets, media: MediaFolder(path: folder + "/media"),
            hasher: hasher, changes: changes, wakeBoard: wakeBoard,
            events: EventHub(
                store: store, changes: changes, hasNeighbours: true, standingAlarms: { standing.all }, logger: quiet,
                pace: .quick),
            accept: { try await store.accept($0) },
            checks: LiveChecks(
                number: { _ in [.init(title: LocalizedText(en: "Access token", es: "Token"), state: .passed)] },
                connection: { _, _ in [.init(title: LocalizedText(en: "Reach", es: "Alcance"), state: .failed)] }),
            hooks: .sample(store), connections: .sample(store), mappings: crm.desk(store),
            sync: .sample(store, wakeBoard, changes),
            readYAML: { Array($0.utf8) },
            standingAlarms: { standing.all }, settings: settings, logger: quiet)
        return ConsoleWorld(
            store: store, workspace: workspace, ana: ana, parts: parts, clock: clock, lease: lease, grips: grips,
            standing: standing, crm: crm, folder: folder)
    }

    private static let hasher = PasswordHasher(cost: .small)

    private var app: some ApplicationProtocol {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        ConsoleSite(parts).add(to: router)
        return Application(router: router, logger: quiet)
    }
}

/// Alarms of a process that a test puts on and off.
final class StandingAlarms: Sendable {
    private let alarms = Mutex<[StandingAlarm]>([])

    var all: [StandingAlarm] {
        get { alarms.withLock { $0 } }
        set { alarms.withLock { $0 = newValue } }
    }
}

private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

extension EventHub.Pace {
    static let quick = EventHub.Pace(
        narrow: .milliseconds(5), wide: .milliseconds(10), look: .seconds(60), heartbeat: .seconds(60))
}

/// Stands still until it is moved.
final class HandClock: Sendable {
    private let moment: Mutex<Timestamp>

    init(_ moment: Timestamp) {
        self.moment = Mutex(moment)
    }

    var now: Timestamp { moment.withLock { $0 } }

    func move(_ duration: Duration) {
        moment.withLock { $0 = $0 + duration }
    }
}

extension Provision {
    static var sample: Provision {
        var provision = Provision(workspaceName: "Ejemplo S.A.", region: "MX", language: "es")
        provision.apps["main"] = App(appID: "1", secret: "s", previousSecret: nil, verifyToken: "v")
        provision.numbers["principal"] = Number(
            app: "main", phoneNumberID: "106540352242922", wabaID: "102290129340398", portfolioID: "9",
            displayNumber: "+1 555-078-3881", accessToken: "t")
        provision.connections["hubspot"] = Connection(
            kind: "hubspot", baseURL: "https://api.hubapi.com", settings: "{}", secrets: "{\"token\":\"t\"}")
        return provision
    }
}

extension StandingAlarm {
    static let fullDisk = StandingAlarm(
        kind: "intake_refusing", text: LocalizedText(en: "The disk is nearly full.", es: "El disco está casi lleno."),
        url: "/ledger")
}
