import Console
import Domain
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Answers while the database is away at the start: the process lives, and is not ready. Without it a supervisor would
/// take the silence for a crash, and an operator would not learn why.
final class WaitingRoom: Sendable {
    private let plan: ServerPlan
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        /// With addresses: for the log alone.
        var reason: LocalizedText?
        var serving: Task<Void, Never>?
    }

    init(plan: ServerPlan, logger: Logger) {
        self.plan = plan
        self.logger = logger
    }

    /// Says why it waits; opens the door with the first reason.
    func wait(because error: PuenteError) {
        state.withLock { state in
            if state.reason != error.message { logger.error("\(error.message.en) Asking again every second.") }
            state.reason = error.message
            if state.serving == nil { state.serving = Task { await serve() } }
        }
    }

    /// Closes the door: the port is free afterwards.
    func close() async {
        let serving = state.withLock { $0.serving }
        serving?.cancel()
        await serving?.value
    }

    private func serve() async {
        let router = Router(context: ServerContext.self)
        router.get("/health/live") { _, _ in "ok\n" }
        router.add(middleware: NotReady())
        do {
            let application = Application(
                router: router, server: plan.httpServer(), configuration: plan.address, logger: logger)
            try await application.run()
        } catch is CancellationError {
            return
        } catch {
            // The server that opens later meets the same obstacle, and ends with it.
            logger.error("nobody can be told that the database is away", metadata: ["error": "\(error)"])
        }
    }
}

/// 503 for everything but `/health/live`, as `/health/ready` says it.
struct NotReady: RouterMiddleware {
    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        if request.uri.path == "/health/live" { return try await next(request, context) }
        var response = HealthRoutes.answer([.databaseAway], to: request)
        response.headers[.retryAfter] = "2"
        return response
    }
}
