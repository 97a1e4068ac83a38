import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import ServiceLifecycle
import Store

/// `/events`: tells an open page what changed, as server-sent events. A name is all it tells; the page fetches the
/// fragment with its own rights.
struct EventController: Sendable {
    let hub: EventHub

    func add(to routes: ConsoleRoutes) {
        routes.get("/events") { visit in answer(visit) }
    }

    private func answer(_ visit: Visit) -> Response {
        let session = TokenHash(of: visit.visitor.cookies.session ?? "")
        let since = visit.query("since").flatMap { Int64($0) }.map { Timestamp(milliseconds: $0) }
        guard visit.request.method == .get,
            let frames = hub.listen(
                in: visit.workspace, session: session, since: since, until: visit.account.expiresAt)
        else {
            var response = Response.text(.serviceUnavailable, "Too many pages are open.\n")
            response.headers[.retryAfter] = "30"
            return response
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                // Tells proxies of nginx's kind to pass each event on at once.
                .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: "retry: 2000\n: open\n\n"))
                for await frame in frames.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: frame.text))
                }
                try await writer.finish(nil)
            })
    }
}
