import HTTPTypes
package import Hummingbird
import NIOCore
package import Pipeline

/// The door for CRMs: `POST /webhooks/crm/{connection}`.
package struct CRMWebhookRoutes: Sendable {
    private static let maxBodyBytes = 1 << 20

    private let inbound: CRMInbound
    private let publicURL: String?

    /// - Parameter publicURL: the address that the CRM knows us by: HubSpot signs the whole URL.
    package init(inbound: CRMInbound, publicURL: String?) {
        self.inbound = inbound
        self.publicURL = publicURL
    }

    package func add<Context: RequestContext>(to router: Router<Context>) {
        router.post("/webhooks/crm/{connection}") { request, context in
            guard let name = context.parameters.get("connection") else { return Response.text(.notFound, "") }
            return await receive(request, connection: name)
        }
    }

    private func receive(_ request: Request, connection: String) async -> Response {
        let body: [UInt8]
        do {
            let buffer = try await withReadTimeout(.seconds(10)) {
                try await request.body.collect(upTo: Self.maxBodyBytes)
            }
            body = Array(buffer: buffer)
        } catch {
            return .text(.badRequest, "The body could not be read, or has more than 1 MB.\n")
        }
        let headers = request.headers.map { ($0.name.rawName, $0.value) }
        let url = (publicURL ?? "http://\(request.head.authority ?? "")") + request.uri.string
        switch await inbound.receive(
            method: request.method.rawValue, url: url, headers: headers, body: body, connection: connection)
        {
        case .done: return .text(.ok, "")
        case .unknownConnection: return .text(.notFound, "There is no CRM connection of this name.\n")
        case .unauthorized(let text): return .text(.unauthorized, text + "\n")
        case .invalid(let text): return .text(.badRequest, text + "\n")
        case .refused(let text): return .text(.unprocessableContent, text + "\n")
        case .unavailable: return .comeBack
        }
    }
}
