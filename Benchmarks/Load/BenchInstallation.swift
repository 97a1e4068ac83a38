import Domain
import Foundation
import Glibc
import Proving

/// A server with a database of its own beside a sandbox, each a child process on a loopback port.
final class BenchInstallation {
    struct TimedOut: Error, CustomStringConvertible {
        let description: String
    }

    let settings: BenchSettings
    let crm: ConnectorKind
    let folder: String
    let port = freePort()
    let sandboxPort = freePort()
    let sandbox: SandboxReader
    let sandboxProcess: Child
    private(set) var server: Child
    /// From the start of the process to its first "ready".
    private(set) var startTook: Duration = .zero

    /// Starts both and returns when the server is ready.
    /// - Parameter connection: nil: the CRM that was chosen, as usual.
    static func run<Value>(
        _ settings: BenchSettings, _ connection: BenchConnection? = nil,
        _ body: (BenchInstallation) async throws -> Value
    ) async throws -> Value {
        let installation = try await BenchInstallation(settings, connection ?? BenchConnection(settings.crm))
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

    private init(_ settings: BenchSettings, _ connection: BenchConnection) async throws {
        self.settings = settings
        crm = connection.kind
        folder = settings.folder + "/puente-bench-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        sandbox = SandboxReader(url: "http://127.0.0.1:\(sandboxPort)", crm: crm)
        sandboxProcess = try Child(
            URL(filePath: CommandLine.arguments[0]).standardizedFileURL.path,
            ["sandbox", "--port", "\(sandboxPort)"], folder: folder, log: folder + "/sandbox.log")
        try await sandbox.waitUntilListening()
        try await sandbox.prepare()
        try Self.write(connection, port: port, sandboxURL: sandbox.url, to: folder)
        server = try Self.startServer(settings, folder: folder)
    }

    private static func write(
        _ connection: BenchConnection, port: Int, sandboxURL: String, to folder: String
    ) throws {
        try BenchConfiguration.text(port: port, sandboxURL: sandboxURL, connection: connection)
            .write(toFile: folder + "/puente.yaml", atomically: true, encoding: .utf8)
    }

    private static func startServer(_ settings: BenchSettings, folder: String) throws -> Child {
        try Child(
            settings.program, ["serve", "--config", "puente.yaml"], folder: folder, log: folder + "/server.log")
    }

    /// Puente's own address.
    var url: String { "http://127.0.0.1:\(port)" }

    var books: Books { Books(path: folder + "/puente.db") }

    // MARK: Starts and ends

    /// Ends the server by `kill -9` or in good order, and starts it again.
    /// - Returns: from the signal (or, in good order, from the new start) to the first "ready".
    @discardableResult
    func restart(killing: Bool) async throws -> Duration {
        let killedAt = ContinuousClock.now
        await server.end(killing ? SIGKILL : SIGTERM)
        let startedAt = ContinuousClock.now
        server = try Self.startServer(settings, folder: folder)
        try await waitUntilReady()
        return ContinuousClock.now - (killing ? killedAt : startedAt)
    }

    /// The same CRM with other settings, from a new start on.
    func reconnect(_ connection: BenchConnection) async throws {
        try Self.write(connection, port: port, sandboxURL: sandbox.url, to: folder)
        try await restart(killing: false)
    }

    private func waitUntilReady() async throws {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(30) {
            if await HTTP.status(of: url + "/health/ready") == 200 {
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

    /// What people do in the CRM: the own system's people tell Puente.
    func edit(_ requests: PreparedRequests, _ plan: LoadPlan) async -> LoadResult {
        await LoadGenerator(port: crm == .own ? port : sandboxPort, plan: plan).run(requests)
    }
}
