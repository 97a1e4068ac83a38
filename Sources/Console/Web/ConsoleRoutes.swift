import Domain
import HTTPTypes
import Hummingbird
import Store

/// Where controllers hang their pages. Whatever a handler throws becomes a page.
struct ConsoleRoutes {
    let router: Router<ServerContext>
    let parts: ConsoleParts
    private let book = RouteBook()

    /// A page or fragment for somebody who is signed in.
    func get(_ path: RouterPath, _ handle: @escaping @Sendable (Visit) async throws -> Response) {
        let parts = parts
        book.pages.insert(RouteBook.shape(of: path))
        router.get(path) { request, context in
            await Errands(parts: parts, request: request, context: context).run { visitor in
                guard let visit = try await Visit(visitor) else { return visitor.toSignIn() }
                return try await handle(visit)
            }
        }
    }

    /// A command of somebody who is signed in, with its form.
    func post(
        _ path: RouterPath, limits: FormLimits = .plain,
        _ handle: @escaping @Sendable (Form, Visit) async throws -> Response
    ) {
        let parts = parts
        book.commands.append(path)
        router.post(path) { request, context in
            await Errands(parts: parts, request: request, context: context).run { visitor in
                guard let visit = try await Visit(visitor) else { return visitor.toSignIn() }
                return try await handle(try await visit.form(limits), visit)
            }
        }
    }

    /// Adds to each command's address what leads to the page that it is of: the answer to a form that was refused stands
    /// there, and people load it again, keep it, or press Enter in it. Called when all routes are there.
    func leadBack() {
        for command in book.commands {
            guard let depth = book.depthOfPage(above: command) else { continue }
            get(command) { visit in
                visit.redirect("/" + visit.request.uri.path.split(separator: "/").prefix(depth).joined(separator: "/"))
            }
        }
    }

    /// A page for everybody.
    func open(
        _ method: HTTPRequest.Method, _ path: RouterPath,
        _ handle: @escaping @Sendable (Visitor) async throws -> Response
    ) {
        let parts = parts
        router.on(path, method: method) { request, context in
            await Errands(parts: parts, request: request, context: context).run(handle)
        }
    }
}

/// Runs a handler, gives its answer the headers that every answer has, and makes pages of errors.
struct Errands: Sendable {
    let parts: ConsoleParts
    let request: Request
    let context: ServerContext

    func run(_ handle: @Sendable (Visitor) async throws -> Response) async -> Response {
        let visitor = Visitor(parts: parts, request: request, context: context)
        var response: Response
        do {
            response = try await handle(visitor)
        } catch {
            response = await ErrorAnswer(visitor: visitor).answer(to: error)
        }
        SecurityHeaders(settings: parts.settings).add(to: &response)
        return response
    }
}
