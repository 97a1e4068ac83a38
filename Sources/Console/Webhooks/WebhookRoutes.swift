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

    package init(intake: WebhookIntake) {
        self.intake = intake
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
        let announced = request.headers[.contentLength].flatMap { Int($0) }
        if let announced, announced > limit {
            intake.refused("too_large")
            return .tooLarge
        }
        // Room is taken before the body is read; without an announcement, for the largest.
        let room = max(0, announced ?? limit)
        do {
            try intake.log.reserve(bytes: room)
        } catch {
            intake.refused(error.label)
            return .comeBack
        }
        defer { intake.log.release(bytes: room) }
        switch await read(request, limit: limit) {
        case .failure(let response): return response
        case .success(let body):
            let signature = Self.signatureHeader.flatMap { request.headers[$0] }
            return response(to: await intake.receive(body, signature: signature, app: app))
        }
    }

    private enum Reading: Sendable {
        case success([UInt8])
        case failure(Response)
    }

    private func read(_ request: Request, limit: Int) async -> Reading {
        do {
            let buffer = try await withReadTimeout(Self.readTimeout) {
                try await request.body.collect(upTo: limit)
            }
            return .success(Array(buffer: buffer))
        } catch is ReadTimedOut {
            intake.refused("timeout")
            return .failure(.text(.requestTimeout, "The body took too long to arrive.\n"))
        } catch let error as HTTPError where error.status == .contentTooLarge {
            intake.refused("too_large")
            return .failure(.tooLarge)
        } catch {
            return .failure(.text(.badRequest, "The body could not be read.\n"))
        }
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

struct ReadTimedOut: Error {}

/// Runs `body`, and gives up on it after the time: the connection's task is cancelled.
func withReadTimeout<Value: Sendable>(
    _ timeout: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: timeout)
            throw ReadTimedOut()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw ReadTimedOut() }
        return value
    }
}
