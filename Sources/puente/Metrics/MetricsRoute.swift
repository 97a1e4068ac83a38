import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Store

/// `GET /metrics`, for programs on this machine, and for others with an API key of the scope `read`.
///
/// Behind a proxy every request comes from this machine, so one that was passed on needs a key, too.
struct MetricsRoute: Sendable {
    let store: Store
    let page: MetricsPage

    private static let marksOfProxies = ["X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"]
        .compactMap { HTTPField.Name($0) }

    func add<Context: RemoteAddressRequestContext>(to router: Router<Context>) {
        router.get("/metrics") { request, context in
            guard try await mayRead(request, from: context.remoteAddress) else { return Self.refusal }
            return Response(
                status: .ok, headers: [.contentType: PrometheusText.contentType, .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: await page.text())))
        }
    }

    private func mayRead(_ request: Request, from address: SocketAddress?) async throws -> Bool {
        let wasPassedOn = Self.marksOfProxies.contains { request.headers[$0] != nil }
        if !wasPassedOn, Self.isThisMachine(address) { return true }
        guard let header = request.headers[.authorization], header.utf8.count <= 4096,
            header.lowercased().hasPrefix("bearer ")
        else { return false }
        return try await store.apiKey(TokenHash(of: String(header.dropFirst(7))))?.scopes.contains(.read) ?? false
    }

    static func isThisMachine(_ address: SocketAddress?) -> Bool {
        guard let text = address?.ipAddress else { return false }
        return text == "::1" || text.hasPrefix("127.") || text.lowercased().hasPrefix("::ffff:127.")
    }

    private static var refusal: Response {
        Response(
            status: .unauthorized,
            headers: [.contentType: "text/plain; charset=utf-8", .wwwAuthenticate: "Bearer realm=\"puente\""],
            body: ResponseBody(
                byteBuffer: ByteBuffer(string: "From elsewhere an API key with the scope \"read\" is needed.\n")))
    }
}
