import HTTPTypes
package import Hummingbird
import NIOCore
package import Pipeline

/// The doors that Meta knocks on: the handshake and the webhooks, for all apps and for one by name.
package struct WhatsAppWebhookRoutes: Sendable {
    private static let signatureHeader = HTTPField.Name("X-Hub-Signature-256")
    /// Meta sends a body at once; who dribbles is not Meta.
    private static let readTimeout: Duration = .seconds(10)

    private let intake: WebhookIntake
    private let arriving: ArrivingBodies

    package init(intake: WebhookIntake, arriving: ArrivingBodies) {
        self.intake = intake
        self.arriving = arriving
    }

    package func add<Context: RequestContext>(to router: Router<Context>) {
        for path in ["/webhooks/whatsapp", "/webhooks/whatsapp/{app}"] as [RouterPath] {
            router.get(path) { request, context in
                handshake(request, app: context.parameters.get("app"))
            }
            router.post(path) { request, context in
                await receive(request, app: context.parameters.get("app"))
            }
        }
    }

    private func handshake(_ request: Request, app: String?) -> Response {
        let query = request.uri.queryParameters
        let answer = intake.gate.challenge(
            mode: query["hub.mode"].map(String.init), token: query["hub.verify_token"].map(String.init),
            challenge: query["hub.challenge"].map(String.init), app: app)
        guard let answer else { return .text(.forbidden, "The verify token is not this server's.\n") }
        return .text(.ok, answer)
    }

    private func receive(_ request: Request, app: String?) async -> Response {
        let limit = intake.limits.maxBodyBytes
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            return refuse("too_large", .tooLarge)
        }
        // Nothing is read of what cannot be Meta's, or has no room anyhow.
        guard let signature = Self.signatureHeader.flatMap({ request.headers[$0] }), WebhookGate.isSignature(signature)
        else { return refuse("signature", response(to: .wrongSignature)) }
        do {
            try intake.log.reserve(bytes: 0)
            intake.log.release(bytes: 0)
        } catch {
            return refuse(error.label, .comeBack)
        }
        switch await arriving.read(request.body, limit: limit, within: Self.readTimeout) {
        case .whole(let body):
            arriving.give(body.count)
            return await take(body, signature: signature, app: app)
        case .tooLarge: return refuse("too_large", .tooLarge)
        case .tooSlow: return refuse("timeout", .text(.requestTimeout, "The body took too long to arrive.\n"))
        case .noRoom: return refuse(IntakeRefusal.tooManyBodies.label, .comeBack)
        case .broken: return .text(.badRequest, "The body could not be read.\n")
        }
    }

    private func take(_ body: [UInt8], signature: String, app: String?) async -> Response {
        do {
            try intake.log.reserve(bytes: body.count)
        } catch {
            return refuse(error.label, .comeBack)
        }
        defer { intake.log.release(bytes: body.count) }
        return response(to: await intake.receive(body, signature: signature, app: app))
    }

    private func refuse(_ reason: String, _ response: Response) -> Response {
        intake.refused(reason)
        return response
    }

    private func response(to answer: WebhookIntake.Answer) -> Response {
        switch answer {
        case .stored: .text(.ok, answer.text)
        case .wrongSignature: .text(.unauthorized, answer.text)
        case .comeBack: .comeBack
        }
    }
}

extension Response {
    static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static var tooLarge: Response { .text(.contentTooLarge, "A webhook has at most 3 MB.\n") }

    static var comeBack: Response {
        var response = Response.text(.serviceUnavailable, "Not stored. Please send it again.\n")
        response.headers[.retryAfter] = "2"
        return response
    }
}
