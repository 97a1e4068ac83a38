import AsyncHTTPClient
import CRM
import Crypto
import Domain
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import PhoneNumbers
import Sandbox
import Secrets
import ServiceLifecycle
import Store

@testable import puente

/// A whole Puente against a sandbox, in this process, on loopback ports of its own.
///
/// `Installation.run { … }` starts both, and ends both when the closure returns.
struct Installation: Sendable {
    let store: Store
    let server: Server
    let workspace: WorkspaceID
    let folder: String
    /// `http://127.0.0.1:PORT` of the server and of the sandbox.
    let url: String
    let sandbox: String
    let http: HTTPClient

    struct Options: Sendable {
        var crm = "hubspot"
        var adjustPlan: @Sendable (inout ServerPlan) -> Void = { _ in }
        var adjustSandbox: @Sendable (inout SandboxConfiguration) -> Void = { _ in }
    }

    static func run(
        _ options: Options = Options(), _ body: @escaping @Sendable (Installation) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "puente-e2e-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }  // the system cleans what cannot be removed
        let ports = try freePorts(2)
        let http = HTTPClient(eventLoopGroupProvider: .singleton)
        do {
            try await run(options, folder: folder, port: ports[0], sandboxPort: ports[1], http: http, body)
        } catch {
            try await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    private static func run(
        _ options: Options, folder: String, port: Int, sandboxPort: Int, http: HTTPClient,
        _ body: @escaping @Sendable (Installation) async throws -> Void
    ) async throws {
        var logger = Logger(label: "puente.e2e")
        logger.logLevel = .error
        var configuration = SandboxConfiguration()
        configuration.port = sandboxPort
        configuration.enforcesVendorLimits = false
        configuration.searchIndexDelay = .milliseconds(100)
        guard let kind = ConnectorKind(rawValue: options.crm) else { throw Unexpected("no CRM \(options.crm)") }
        let crm = DemoCRM(kind)
        configuration.callbacks = [
            SandboxCallback(sender: .whatsapp, url: "http://127.0.0.1:\(port)/webhooks/whatsapp"),
            crm.callback(at: "http://127.0.0.1:\(port)"),
        ].compactMap(\.self)
        options.adjustSandbox(&configuration)
        let sandbox = SandboxServer(configuration: configuration, logger: logger)

        let database = try SQLiteDatabase(path: folder + "/puente.db")
        _ = try await Migrator(database).migrate()
        let now: @Sendable () -> Timestamp = { .now }
        let store = Store(
            database: database, ids: IDGenerator(node: 1, now: now), keys: try KeyRing.generate(), now: now,
            canonicalPhone: { WhatsAppNumber.canonical($0) })
        var plan = try DemoPlan.plan(
            port: port, sandboxURL: "http://127.0.0.1:\(sandboxPort)", crm: crm, folder: folder)
        options.adjustPlan(&plan)
        let server = Server(plan: plan, store: store, logger: logger) { text in
            preconditionFailure("the disk failed: \(text)")
        }
        let workspace = try await server.prepare()
        let installation = Installation(
            store: store, server: server, workspace: workspace, folder: folder, url: "http://127.0.0.1:\(port)",
            sandbox: "http://127.0.0.1:\(sandboxPort)", http: http)

        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: ([sandbox] + (try server.services(token: SecretToken(prefix: "n").text) { _ in })).map {
                    .init(service: $0)
                }, logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            tasks.addTask {
                _ = try await sandbox.port
                try await installation.waitUntilReady()
                try await body(installation)
            }
            // The body ends first, unless a service failed: then its error is the test's.
            try await tasks.next()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        await database.close()
    }

    // MARK: Talking to it

    struct Answer: Sendable {
        let status: Int
        let body: String

        func json<Value: Decodable>(_: Value.Type = Value.self) throws -> Value {
            try JSONDecoder().decode(Value.self, from: Data(body.utf8))
        }
    }

    @discardableResult
    func call(
        _ method: String, _ url: String, body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body {
            if headers["Content-Type"] == nil { request.headers.add(name: "Content-Type", value: "application/json") }
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await http.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 32 << 20)
        return Answer(status: Int(response.status.code), body: String(buffer: bytes))
    }

    /// Posts a webhook as Meta would.
    func post(_ body: [UInt8], secret: String = "sandbox-secret") async throws -> Int {
        let mac = HMAC<SHA256>.authenticationCode(for: body, using: SymmetricKey(data: Array(secret.utf8)))
        let signature = "sha256=" + mac.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return try await call(
            "POST", "\(url)/webhooks/whatsapp", body: String(decoding: body, as: UTF8.self),
            headers: ["X-Hub-Signature-256": signature]
        ).status
    }

    /// Posts an event as the company's own system would, signed by the Standard Webhooks scheme.
    func postOwnEvent(_ body: String, id: String) async throws -> Answer {
        let seconds = Int(Date().timeIntervalSince1970)
        let key = SymmetricKey(data: Array("sandbox-own-system-secret".utf8))
        let mac = HMAC<SHA256>.authenticationCode(for: Array("\(id).\(seconds).\(body)".utf8), using: key)
        return try await call(
            "POST", "\(url)/webhooks/crm/own", body: body,
            headers: [
                "webhook-id": id, "webhook-timestamp": "\(seconds)",
                "webhook-signature": "v1,\(Data(mac).base64EncodedString())",
            ])
    }

    /// A customer of the sandbox writes.
    /// - Parameter name: on WhatsApp, from now on; nil for the one that the customer has.
    func customer(_ phone: String, name: String? = nil, writes text: String) async throws {
        let body = try String(decoding: JSONEncoder().encode(["text": text, "name": name]), as: UTF8.self)
        let answer = try await call("POST", "\(sandbox)/sandbox/customers/\(phone)/messages", body: body)
        guard answer.status < 300 else { throw Unexpected("\(answer)") }
    }

    // MARK: Waiting for what must come

    /// Looks until the condition holds. Bounded, so that what never comes is a failure and not a hang.
    func until(
        _ what: String, within patience: Duration = .seconds(20), _ condition: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(30))
        }
        throw Unexpected("waited \(patience) in vain: \(what)")
    }

    private func waitUntilReady() async throws {
        try await until("the server is ready") {
            do {
                return try await call("GET", "\(url)/health/ready").status == 200
            } catch {
                return false  // not listening yet
            }
        }
    }

    /// A figure out of the database.
    func count(_ sql: String) async throws -> Int {
        try await store.database.read(on: .console) { connection in
            try connection.value(sql, as: Int.self) ?? 0
        }
    }

    private static func freePorts(_ count: Int) throws -> [Int] {
        try (0..<count).map { _ in try FreePort.take() }
    }
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
