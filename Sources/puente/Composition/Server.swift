import Console
import Domain
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Pipeline
import ServiceLifecycle
import Store
import Synchronization

/// One Puente: the pipeline behind a web server.
struct Server: Sendable {
    let plan: ServerPlan
    let parts: PipelineParts
    let logger: Logger
    private let readiness = Readiness()

    init(plan: ServerPlan, store: Store, logger: Logger, onStorageFailure: @escaping @Sendable (String) -> Void) {
        self.plan = plan
        self.logger = logger
        parts = PipelineParts(plan: plan, store: store, logger: logger, onStorageFailure: onStorageFailure)
    }

    /// Brings the database to what the configuration says, and reads it.
    /// - Returns: the workspace.
    func prepare() async throws -> WorkspaceID {
        do {
            let workspace = try await parts.store.provision(plan.provision)
            try await parts.refresh()
            return workspace
        } catch {
            await parts.connections.close()
            throw error
        }
    }

    /// - Parameters:
    ///   - token: made at each start.
    ///   - onListening: gets the port.
    func services(token: String, onListening: @escaping @Sendable (Int) -> Void) throws -> [any Service] {
        let readiness = readiness
        let console = try ConsoleComposition(plan: plan, parts: parts, logger: logger).make()
        return parts.services(token: token, onJoined: { readiness.join() })
            + [console.events, try application(console, onListening)]
    }

    private func application(
        _ console: ConsoleParts, _ onListening: @escaping @Sendable (Int) -> Void
    ) throws -> some ApplicationProtocol {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        ConsoleSite(console).add(to: router)
        WhatsAppWebhookRoutes(intake: parts.intake).add(to: router)
        CRMWebhookRoutes(inbound: parts.inbound(), publicURL: plan.publicURL).add(to: router)
        addHealth(to: router)
        return Application(
            router: router, server: try plan.httpServer(intake: parts.intake), configuration: plan.address,
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? plan.port) }, logger: logger)
    }

    private func addHealth(to router: Router<ServerContext>) {
        let readiness = readiness
        let intake = parts.intake
        router.get("/health/live") { _, _ in "ok\n" }
        router.get("/health/ready") { _, _ -> Response in
            let isReady = readiness.isReady && !intake.log.isRefusing
            return Response(
                status: isReady ? .ok : .serviceUnavailable, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: isReady ? "ready\n" : "not ready\n")))
        }
    }
}

/// Whether the node has joined and may take work on.
final class Readiness: Sendable {
    private let state = Mutex(false)

    func join() { state.withLock { $0 = true } }
    var isReady: Bool { state.withLock { $0 } }
}
