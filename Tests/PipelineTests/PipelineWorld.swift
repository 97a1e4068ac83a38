import Domain
import Foundation
import Logging
import Secrets
import Store
import Synchronization

@testable import Pipeline

/// A small company on embedded SQLite, with what the pipeline's parts need.
struct PipelineWorld {
    static let phoneNumberID = "106540352242922"
    static let wabaID = "102290129340398"

    let store: Store
    let database: WatchedDatabase
    let app: AppID
    let workspace: WorkspaceID
    /// Where the database is.
    let folder: String
    let clock: ShiftedClock
    let wakeBoard = WakeBoard()

    /// Lives in a folder that is removed afterwards.
    static func with(_ body: (PipelineWorld) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "puente-pipeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = WatchedDatabase(
            try SQLiteDatabase(path: folder.appending(path: "puente.db").path(), readers: 2))
        do {
            _ = try await Migrator(database).migrate()
            try await body(PipelineWorld(database, in: folder.path()))
            await database.close()
        } catch {
            await database.close()
            throw error
        }
    }

    private init(_ database: WatchedDatabase, in folder: String) async throws {
        self.folder = folder
        let clock = ShiftedClock()
        self.clock = clock
        let now: @Sendable () -> Timestamp = { clock.now() }
        store = Store(
            database: database, ids: IDGenerator(node: 1, now: now), keys: try KeyRing.generate(), now: now,
            canonicalPhone: { $0 })
        self.database = database
        workspace = try await store.provision(Self.provision)
        app = try await store.apps().first?.id ?? AppID(rawValue: 0)
    }

    static let provision = Provision(
        workspaceName: "Ejemplo S.A.", region: "MX", language: "es",
        apps: ["main": .init(appID: "1", secret: "s", previousSecret: nil, verifyToken: "v")],
        numbers: [
            "main": .init(
                app: "main", phoneNumberID: phoneNumberID, wabaID: wabaID, portfolioID: "7",
                displayNumber: "+1 555 078 3881", accessToken: "t")
        ])

    func body(_ text: String = "{}", isBulk: Bool = false) -> IntakeBody {
        IntakeBody(
            id: store.ids.next(), app: app, receivedAt: store.now(), isBulk: isBulk, body: Array(text.utf8))
    }

    func interpreter(
        lease: LeaseClock? = nil, trap: (@Sendable ([UInt8]) -> Bool)? = nil
    ) async throws -> Interpreter {
        let routes = Routes()
        try await routes.refresh(from: store)
        return Interpreter(
            store: store, routes: routes, wakeBoard: wakeBoard, changes: ChangeFeed(), logger: quiet, lease: lease,
            trap: trap)
    }

    func log(
        _ limits: IntakeLimits = IntakeLimits(), onStorageFailure: @escaping @Sendable (String) -> Void = { _ in }
    )
        -> IntakeLog
    {
        IntakeLog(store: store, limits: limits, wakeBoard: wakeBoard, onStorageFailure: onStorageFailure)
    }

    func count(_ sql: String) async throws -> Int {
        try await store.database.read { try $0.value(sql, [:], as: Int.self) } ?? 0
    }

    /// A text as Meta's webhook brings it.
    static func webhook(_ wamids: [String], from phone: String = "5215512345678") -> String {
        let messages = wamids.map {
            """
            {"from":"\(phone)","id":"\($0)","timestamp":"1795042920","type":"text","text":{"body":"Hola"}}
            """
        }
        return """
            {"object":"whatsapp_business_account","entry":[{"id":"\(wabaID)","changes":[{"field":"messages","value":{\
            "messaging_product":"whatsapp","metadata":{"display_phone_number":"15550783881",\
            "phone_number_id":"\(phoneNumberID)"},"contacts":[{"profile":{"name":"Lucía"},"wa_id":"\(phone)"}],\
            "messages":[\(messages.joined(separator: ","))]}}]}]}
            """
    }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
