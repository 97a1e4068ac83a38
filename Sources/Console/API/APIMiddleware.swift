import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// Answers everything under `/api`, and passes the rest on.
package struct APIMiddleware<Context: RequestContext>: RouterMiddleware {
    private let desk: APIDesk

    package init(_ api: ConsoleAPI) {
        desk = APIDesk(api)
    }

    package func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path
        guard path == "/api" || path.hasPrefix("/api/") else { return try await next(request, context) }
        context.coreContext.endpointPath.value = desk.operation(request.method, path)
        // A logger that keeps nothing knows no id either.
        let id = context.logger[metadataKey: "hb.request.id"]?.description ?? "-"
        return await desk.respond(to: request, requestID: id) { path, range in
            let files = FileIO()
            guard let range else { return try await files.loadFile(path: path, context: context) }
            return try await files.loadFile(path: path, range: range, context: context)
        }
    }
}
