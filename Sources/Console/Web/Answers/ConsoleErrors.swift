import Hummingbird

/// Answers an address that nobody has with a page. Programs' addresses (the API, webhooks) keep their own answers.
struct ConsoleErrors: RouterMiddleware {
    private static let programs = ["/api", "/webhooks", "/health", "/metrics", "/assets"]

    let parts: ConsoleParts

    func handle(
        _ request: Request, context: ServerContext, next: (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where !Self.isForPrograms(request.uri.path) {
            return await Errands(parts: parts, request: request, context: context).run { _ in throw error }
        }
    }

    private static func isForPrograms(_ path: String) -> Bool {
        programs.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
}
