import Console
import Domain
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Pipeline
import ServiceLifecycle
import Store

/// One Puente: the pipeline behind a web server.
struct Server: Sendable {
    let plan: ServerPlan
    let parts: PipelineParts
    let logger: Logger
    let readiness: Readiness
    private let databaseWatch: DatabaseWatch
    private let connectionWatch: ConnectionWatch

    init(plan: ServerPlan, store: Store, logger: Logger, onStorageFailure: @escaping @Sendable (String) -> Void) {
        ProcessFigures.noteStart()
        // Before anything is counted.
        _ = MetricsBook.installed
        self.plan = plan
        self.logger = logger
        parts = PipelineParts(plan: plan, store: store, logger: logger, onStorageFailure: onStorageFailure)
        databaseWatch = DatabaseWatch(store: store, expectsFailOver: plan.expectsFailOver, logger: logger)
        connectionWatch = ConnectionWatch(store: store, logger: logger)
        readiness = Readiness(
            intake: parts.intake.log, database: databaseWatch, certificate: plan.certificate,
            media: MediaDisk(folder: plan.mediaFolder, minFreeBytes: plan.intake.minFreeDiskBytes),
            connections: connectionWatch, now: store.now)
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
        let console = try ConsoleComposition(plan: plan, parts: parts, readiness: readiness, logger: logger).make()
        return parts.services(token: token, onJoined: { readiness.join() })
            + [databaseWatch, connectionWatch, console.events, console.listings] + certificateWatch
            + [try application(console, onListening)]
    }

    private var certificateWatch: [any Service] {
        plan.certificate.map { [CertificateWatch(certificate: $0, logger: logger)] } ?? []
    }

    private func application(
        _ console: ConsoleParts, _ onListening: @escaping @Sendable (Int) -> Void
    ) throws -> some ApplicationProtocol {
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        let api = APIComposition(plan: plan, parts: parts, pages: console.renderer, logger: logger)
        router.add(middleware: APIMiddleware(try api.make()))
        ConsoleSite(console).add(to: router)
        let arriving = ArrivingBodies(plan.intake)
        WhatsAppWebhookRoutes(intake: parts.intake, arriving: arriving).add(to: router)
        CRMWebhookRoutes(inbound: parts.inbound(), publicURL: plan.publicURL).add(to: router)
        HealthRoutes(readiness: readiness).add(to: router)
        MetricsRoute(store: parts.store, page: api.metrics(readiness)).add(to: router)
        return Application(
            router: router, server: plan.httpServer(intake: parts.intake, arriving: arriving),
            configuration: plan.address,
            onServerRunning: { channel in onListening(channel.localAddress?.port ?? plan.port) }, logger: logger)
    }
}
