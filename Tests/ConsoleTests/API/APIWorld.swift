import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import PhoneNumbers
import Pipeline
import Secrets
import Store
import Synchronization
import Testing

@testable import Console

/// A small company with one number, one CRM and a few keys, behind the API; on a clock that is moved by hand.
struct APIWorld: Sendable {
    static let phoneNumberID = "106540352242922"
    static let wabaID = "102290129340398"
    static let lucia = Participant(waID: "5215512345678", profileName: "Lucía Fernández")

    let store: Store
    let clock: APIClock
    let workspace: WorkspaceID
    let number: NumberID
    let crm: ConnectionID
    let app: AppID
    let lease: NodeLease
    let grips: [LaneGrip]
    let media: MediaFolder
    let client: any TestClientProtocol
    /// What mappings ask of the CRM.
    let account: SampleCRM

    static func run(
        rates: [String: Int] = ["ops": 100_000, "reader": 100_000, "admin": 100_000],
        _ body: @escaping @Sendable (APIWorld) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "puente-api-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // What stays behind in the temporary folder harms nobody.
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try SQLiteDatabase(path: folder + "/puente.db", readers: 2)
        _ = try await Migrator(database).migrate()
        let clock = APIClock(Timestamp(milliseconds: 1_795_042_920_000))
        let store = Store(
            database: database, ids: IDGenerator(node: 1, now: { clock.now }), keys: try KeyRing.generate(),
            now: { clock.now }, canonicalPhone: { WhatsAppNumber.canonical($0) },
            kindOfNumber: { PhoneNumber.kind(of: $0) })
        let workspace = try await store.provision(provision)
        do {
            try await serve(store, clock, workspace, folder: folder, rates: rates, body)
        } catch {
            await database.close()
            throw error
        }
        await database.close()
    }

    private static func serve(
        _ store: Store, _ clock: APIClock, _ workspace: WorkspaceID, folder: String, rates: [String: Int],
        _ body: @escaping @Sendable (APIWorld) async throws -> Void
    ) async throws {
        let lease = try await store.join(name: "test", token: "test", isAlone: true)
        let grips = try await store.rebalance(lease, held: []).taken
        let number = try #require(try await store.numberAccounts().first).id
        let crm = try #require(try await store.connectionAccounts().first).id
        let app = try #require(try await store.apps().first).id
        let account = SampleCRM()
        let api = try ConsoleAPI.sample(store, folder: folder, rates: rates, crm: account)
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: APIMiddleware(api))
        router.get("/elsewhere") { _, _ in "not the API" }
        try await Application(router: router, logger: quiet).test(.router) { client in
            try await body(
                APIWorld(
                    store: store, clock: clock, workspace: workspace, number: number, crm: crm, app: app, lease: lease,
                    grips: grips, media: api.media, client: client, account: account))
        }
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
        apiKeys: [
            "ops": .init(key: "pk_ops", scopes: "read write"), "reader": .init(key: "pk_reader", scopes: "read"),
            "admin": .init(key: "pk_admin", scopes: "read write admin"),
            "writer": .init(key: "pk_writer", scopes: "write"),
        ])

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    // MARK: Asking

    struct Reply: Sendable {
        let status: Int
        let headers: [String: String]
        let text: String

        /// Of the answer's JSON, or `null`.
        var json: JSONValue {
            // A body that is no JSON fails the expectation that looks into it.
            (try? JSONReader.read(Array(text.utf8))) ?? .null
        }

        var code: String? { json["code"]?.text }

        func at(_ path: String...) -> JSONValue? {
            path.reduce(json as JSONValue?) { value, name in
                if case .array(let values)? = value, let index = Int(name) {
                    values.indices.contains(index) ? values[index] : nil
                } else {
                    value?[name]
                }
            }
        }

        /// Pointers and parameters of the problem.
        var faults: [String] {
            guard case .array(let errors)? = json["errors"] else { return [] }
            return errors.compactMap { ($0["pointer"] ?? $0["parameter"] ?? $0["header"])?.text }
        }
    }

    @discardableResult
    func call(
        _ method: HTTPRequest.Method, _ path: String, key: String? = "pk_admin", body: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Reply {
        var fields: HTTPFields = [:]
        if let key { fields[.authorization] = "Bearer \(key)" }
        if body != nil { fields[.contentType] = "application/json" }
        for (name, value) in headers {
            let field = try #require(HTTPField.Name(name))
            fields[field] = value
        }
        return try await client.execute(
            uri: path, method: method, headers: fields, body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Reply(
                status: response.status.code,
                headers: Dictionary(
                    response.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { $0 + ", " + $1 }),
                text: String(buffer: response.body))
        }
    }

    func send(_ body: String, idempotencyKey: String? = nil, key: String = "pk_ops") async throws -> Reply {
        try await call(
            .post, "/api/v1/messages", key: key, body: body,
            headers: idempotencyKey.map { ["Idempotency-Key": $0] } ?? [:])
    }
}

/// A clock that stands still until it is moved.
final class APIClock: Sendable {
    private let time: Mutex<Timestamp>

    init(_ start: Timestamp) {
        time = Mutex(start)
    }

    var now: Timestamp { time.withLock { $0 } }

    func advance(by duration: Duration) {
        time.withLock { $0 = $0 + duration }
    }
}

extension ConsoleAPI {
    static func sample(
        _ store: Store, folder: String, rates: [String: Int], crm: SampleCRM = SampleCRM()
    ) throws -> ConsoleAPI {
        try ConsoleAPI(
            store: store, wakeBoard: WakeBoard(), changes: ChangeFeed(), media: MediaFolder(path: folder + "/media"),
            rules: Rules(
                contentProblem: { content in
                    guard case .text(let text) = content, text.body == "too long for Meta" else { return nil }
                    return PuenteError(.invalid, detail: "text_length", en: "Too long.", es: "Demasiado largo.")
                },
                fileProblem: { _, type, bytes in
                    if type != "image/png" { return PuenteError(.invalid, detail: "media_type", en: "No.", es: "No.") }
                    return bytes > 10 ? PuenteError(.tooLarge, detail: "media_size", en: "No.", es: "No.") : nil
                },
                mostBytes: { _ in 10 }),
            rates: RateBook(perMinute: rates), assets: SampleWorld.assetsFolder, isIntakeRefusing: { false },
            refreshTemplates: {
                [
                    APIWorld.wabaID: CallFailure(
                        kind: .accountWide, code: "190", scope: .waba, vendorText: "",
                        advice: LocalizedText(en: "A new token.", es: "Un token nuevo."))
                ]
            },
            hooks: .sample(store), connections: .sample(store), mappings: crm.desk(store), sync: .sample(store),
            pages: try SampleWorld(.english).renderer,
            logger: APIWorld.quiet)
    }
}

extension HookDesk {
    /// Public addresses may be called, and no others.
    static func sample(_ store: Store) -> HookDesk {
        HookDesk(
            store: store, pages: WebhookPages(publicURL: nil), wakeBoard: WakeBoard(),
            problem: { $0.hasPrefix("https://") ? nil : .same("no address") })
    }
}
