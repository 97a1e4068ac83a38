import AsyncHTTPClient
import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import Proving

/// A server with a database of its own beside a sandbox, each a child process on a loopback port.
final class BenchInstallation {
    struct TimedOut: Error, CustomStringConvertible {
        let description: String
    }

    let settings: BenchSettings
    let crm: String
    let folder: String
    let port = freePort()
    let sandbox: SandboxReader
    let sandboxProcess: Child
    private(set) var server: Child
    /// From the start of the process to its first "ready".
    private(set) var startTook: Duration = .zero

    /// Starts both and returns when the server is ready.
    /// - Parameter batchSize: of the own system; nil: as usual.
    static func run<Value>(
        _ settings: BenchSettings, crm: String? = nil, batchSize: Int? = nil,
        _ body: (BenchInstallation) async throws -> Value
    ) async throws -> Value {
        let installation = try await BenchInstallation(settings, crm: crm ?? settings.crm, batchSize: batchSize)
        do {
            try await installation.waitUntilReady()
            let value = try await body(installation)
            await installation.end()
            return value
        } catch {
            await installation.end(keepsFolder: true)
            throw TimedOut(description: "\(error) (logs in \(installation.folder))")
        }
    }

    private init(_ settings: BenchSettings, crm: String, batchSize: Int?) async throws {
        self.settings = settings
        self.crm = crm
        folder = settings.folder + "/puente-bench-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let sandboxPort = freePort()
        sandbox = SandboxReader(url: "http://127.0.0.1:\(sandboxPort)", crm: crm)
        sandboxProcess = try Child(
            URL(filePath: CommandLine.arguments[0]).standardizedFileURL.path,
            ["sandbox", "--port", "\(sandboxPort)"], folder: folder, log: folder + "/sandbox.log")
        try await sandbox.waitUntilListening()
        try BenchConfiguration.text(port: port, sandboxURL: sandbox.url, crm: crm, batchSize: batchSize)
            .write(toFile: folder + "/puente.yaml", atomically: true, encoding: .utf8)
        server = try Self.startServer(settings, folder: folder)
    }

    private static func startServer(_ settings: BenchSettings, folder: String) throws -> Child {
        try Child(
            settings.program, ["serve", "--config", "puente.yaml"], folder: folder, log: folder + "/server.log")
    }

    /// Ends the server by `kill -9` or in good order, and starts it again.
    /// - Returns: from the signal (or, in good order, from the new start) to the first "ready".
    func restart(killing: Bool) async throws -> Duration {
        let killedAt = ContinuousClock.now
        await server.end(killing ? SIGKILL : SIGTERM)
        let startedAt = ContinuousClock.now
        server = try Self.startServer(settings, folder: folder)
        try await waitUntilReady()
        return ContinuousClock.now - (killing ? killedAt : startedAt)
    }

    private func waitUntilReady() async throws {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(30) {
            if await HTTP.status(of: "http://127.0.0.1:\(port)/health/ready") == 200 {
                startTook = ContinuousClock.now - start
                return
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw TimedOut(description: "the server was not ready after 30 s")
    }

    func end(keepsFolder: Bool = false) async {
        await server.end()
        await sandboxProcess.end()
        guard !keepsFolder, !settings.keepsFolders else { return }
        // What cannot be removed lies among the system's temporary files.
        try? FileManager.default.removeItem(atPath: folder)
    }

    // MARK: Load

    func send(_ requests: PreparedRequests, _ plan: LoadPlan) async -> LoadResult {
        await LoadGenerator(port: port, plan: plan).run(requests)
    }

    /// Lets every customer write once, and waits until the CRM has them all: from then on contacts are linked.
    func linkContacts(_ customers: CustomerMessages) async throws {
        var first = customers
        first.run = "link"
        var plan = LoadPlan(.steady(perSecond: 1000))
        plan.connections = 32
        _ = await send(first.requests(0..<first.customers, at: Int64(Date.now.timeIntervalSince1970)), plan)
        if crm == "hubspot" { try await linkBeside(first.customers) }
        try await sandbox.wait(forActivities: first.customers, atMost: .seconds(60))
    }

    private func linkBeside(_ count: Int) async throws {
        let links = HubSpotLinks(databasePath: folder + "/puente.db", sandboxURL: sandbox.url)
        // Until the interpreter has seen them all.
        for _ in 0..<100 where try await links.contacts() < count { try await Task.sleep(for: .milliseconds(100)) }
        await server.end()
        try await links.make()
        server = try Self.startServer(settings, folder: folder)
        try await waitUntilReady()
    }
}

enum HTTP {
    static let client = HTTPClient(eventLoopGroupProvider: .singleton)

    /// Nil when nobody answers.
    static func status(of url: String) async -> UInt? {
        // A refused connection is an answer here: not yet.
        try? await client.execute(HTTPClientRequest(url: url), timeout: .seconds(2)).status.code
    }

    static func json<Value: Decodable>(_ url: String, as _: Value.Type = Value.self) async throws -> Value {
        let response = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 256 << 20)
        return try JSONDecoder().decode(Value.self, from: Data(body.readableBytesView))
    }
}
