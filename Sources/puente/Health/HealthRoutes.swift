import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Store

/// `/health/live` for the supervisor, `/health/ready` for the load balancer.
struct HealthRoutes: Sendable {
    let readiness: Readiness

    func add<Context: RequestContext>(to router: Router<Context>) {
        router.get("/health/live") { _, _ in "ok\n" }
        router.get("/health/ready") { request, _ in
            Self.answer(readiness.problems, warnings: readiness.warnings, to: request)
        }
    }

    /// In JSON to who asks for it, else in text.
    /// - Parameter warnings: what is said beside, and makes the node no less ready.
    static func answer(
        _ problems: [ReadinessProblem], warnings: [ConnectionAlarm] = [], to request: Request
    ) -> Response {
        let asJSON = request.headers[.accept]?.contains("application/json") == true
        let body = asJSON ? json(problems, warnings) : text(problems, warnings)
        return Response(
            status: problems.isEmpty ? .ok : .serviceUnavailable,
            headers: [
                .contentType: asJSON ? "application/json" : "text/plain; charset=utf-8", .cacheControl: "no-store",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }

    /// `ready`, or `not ready` and a sentence for each reason; then one for each warning.
    static func text(_ problems: [ReadinessProblem], _ warnings: [ConnectionAlarm]) -> String {
        let lines =
            [problems.isEmpty ? "ready" : "not ready"] + problems.map { "\($0.code): \($0.text.en)" }
            + warnings.map { "warning: \($0.connection): \($0.kind): \($0.text.en)" }
        return lines.map { "\($0)\n" }.joined()
    }

    private struct Answer: Encodable {
        struct Reason: Encodable {
            let code: String
            let text: LocalizedText
        }

        struct Warning: Encodable {
            let code: String
            let connection: String
            let text: LocalizedText
        }

        let ready: Bool
        let reasons: [Reason]
        let warnings: [Warning]
        let version: String
    }

    static func json(_ problems: [ReadinessProblem], _ warnings: [ConnectionAlarm]) -> String {
        let answer = Answer(
            ready: problems.isEmpty, reasons: problems.map { Answer.Reason(code: $0.code, text: $0.text) },
            warnings: warnings.map { Answer.Warning(code: $0.kind, connection: $0.connection, text: $0.text) },
            version: Release.version)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        // Texts and a Bool can always be written.
        let data = (try? encoder.encode(answer)) ?? Data("{\"ready\":false}".utf8)
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
