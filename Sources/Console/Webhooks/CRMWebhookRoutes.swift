import HTTPTypes
package import Hummingbird
import NIOCore
package import Pipeline

/// The door for CRMs: `POST /webhooks/crm/{connection}`.
package struct CRMWebhookRoutes: Sendable {
    private static let maxBodyBytes = 1 << 20
    /// What CRMs send comes by the thousand in a busy hour, not at once.
    private static let maxBytesInFlight = 16 << 20
    /// What acting on a body counts beside its bytes: 256 at most are acted on at once.
    private static let costOfActing = 64 << 10
    private static let readTimeout: Duration = .seconds(10)

    /// Bodies that are arriving or being acted on.
    private let bodies = ArrivingBodies(most: maxBytesInFlight)
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

    /// Nothing is read of what cannot be this CRM's: its connector knows by what it is told from others.
    private func receive(_ request: Request, connection: String) async -> Response {
        let head = head(of: request)
        if let refusal = inbound.refusal(of: head, connection: connection) {
            return Self.response(to: refusal, connection: connection)
        }
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > Self.maxBodyBytes {
            return CRMWebhookRefusal.tooLarge.response(to: connection)
        }
        switch await bodies.read(request.body, limit: Self.maxBodyBytes, within: Self.readTimeout) {
        case .whole(let body):
            defer { bodies.give(body.count) }
            return await take(body, head, connection: connection)
        case .tooLarge: return CRMWebhookRefusal.tooLarge.response(to: connection)
        case .tooSlow: return CRMWebhookRefusal.timeout.response(to: connection)
        case .noRoom: return CRMWebhookRefusal.tooMany.response(to: connection)
        case .broken: return .text(.badRequest, "The body could not be read.\n")
        }
    }

    private func head(of request: Request) -> CRMWebhookHead {
        CRMWebhookHead(
            method: request.method.rawValue,
            url: (publicURL ?? "http://\(request.head.authority ?? "")") + request.uri.string,
            headers: request.headers.map { ($0.name.rawName, $0.value) })
    }

    private func take(_ body: [UInt8], _ head: CRMWebhookHead, connection: String) async -> Response {
        guard bodies.take(Self.costOfActing) else { return CRMWebhookRefusal.tooMany.response(to: connection) }
        defer { bodies.give(Self.costOfActing) }
        return Self.response(
            to: await inbound.receive(head, body: body, connection: connection), connection: connection)
    }

    private static func response(to answer: CRMInbound.Answer, connection: String) -> Response {
        switch answer {
        case .done: .text(.ok, "")
        // Not counted: the name is a stranger's.
        case .unknownConnection: .text(.notFound, "There is no CRM connection of this name.\n")
        case .unauthorized(let text): CRMWebhookRefusal.signature(text).response(to: connection)
        case .invalid(let code, let text): CRMWebhookRefusal.invalid(code, text).response(to: connection)
        case .refused(let code, let text): CRMWebhookRefusal.refused(code, text).response(to: connection)
        case .mixed(let items): items.response
        case .unavailable: CRMWebhookRefusal.notStored.response(to: connection)
        }
    }
}
