import AsyncHTTPClient
import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// WhatsApp's Cloud API, HubSpot and a company's own system on one loopback port, with controls of its own.
///
///     let sandbox = SandboxServer(configuration: configuration, logger: logger)
///     // run `sandbox` in a service group, or in a test:
///     try await SandboxServer.withRunning(configuration) { sandbox in … sandbox.baseURL … }
package final class SandboxServer: Service {
    package let configuration: SandboxConfiguration
    private let logger: Logger
    private let address = Mutex<ListeningState>(.starting([]))

    private enum ListeningState {
        case starting([CheckedContinuation<Int, any Error>])
        case listening(Int)
        case ended
    }

    package init(configuration: SandboxConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// The port it listens on; waits until it does.
    /// - Throws: ``SandboxError/notListening`` when it ended first, for example because the port was taken.
    package var port: Int {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                address.withLock { state in
                    switch state {
                    case .starting(let waiting): state = .starting(waiting + [continuation])
                    case .listening(let port): continuation.resume(returning: port)
                    case .ended: continuation.resume(throwing: SandboxError.notListening)
                    }
                }
            }
        }
    }

    /// `http://127.0.0.1:PORT`; waits until it listens. The Graph API is below it, `/hubspot` and `/own` beside.
    package var baseURL: String {
        get async throws { "http://\(configuration.host):\(try await port)" }
    }

    package func run() async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.clientConfiguration)
        let world = SandboxWorld(configuration: configuration, client: client, logger: logger)
        do {
            try await run(world)
        } catch {
            end()
            try await client.shutdown()
            throw error
        }
        end()
        try await client.shutdown()
    }

    private func run(_ world: SandboxWorld) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await world.run() }
            group.addTask { try await self.application(world).run() }
            // The server ends by graceful shutdown or failure; the other part ends with it.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func application(_ world: SandboxWorld) -> Application<SandboxResponder> {
        Application(
            responder: SandboxResponder(world: world),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
            onServerRunning: { channel in self.begin(world, at: channel.localAddress?.port ?? 0) },
            logger: logger)
    }

    private func begin(_ world: SandboxWorld, at port: Int) {
        world.start(at: "http://\(configuration.host):\(port)")
        let waiting: [CheckedContinuation<Int, any Error>] = address.withLock { state in
            guard case .starting(let waiting) = state else { return [] }
            state = .listening(port)
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: port) }
    }

    private func end() {
        let waiting: [CheckedContinuation<Int, any Error>] = address.withLock { state in
            defer { state = .ended }
            guard case .starting(let waiting) = state else { return [] }
            return waiting
        }
        for continuation in waiting { continuation.resume(throwing: SandboxError.notListening) }
    }

    private static let clientConfiguration: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(3))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        // A callback that was away is tried again by the courier, on its own schedule.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }()
}

extension SandboxServer {
    /// Runs a sandbox for the length of `body`; with port 0 any number of them at once.
    package static func withRunning<Result: Sendable>(
        _ configuration: SandboxConfiguration, logger: Logger = Logger(label: "sandbox"),
        _ body: @Sendable @escaping (SandboxServer) async throws -> Result
    ) async throws -> Result {
        let server = SandboxServer(configuration: configuration, logger: logger)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await server.run()
                return nil
            }
            group.addTask {
                _ = try await server.port
                return try await body(server)
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw SandboxError.notListening
        }
    }
}
