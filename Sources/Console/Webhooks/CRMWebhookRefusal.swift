import HTTPTypes
import Hummingbird
import Metrics
import NIOCore

/// Why a CRM's webhook was not taken in. Each is counted: a secret that the CRM and we write differently shows nowhere
/// else.
enum CRMWebhookRefusal {
    case signature(String)
    case invalid(_ code: String, String)
    /// It was understood, and cannot be done.
    case refused(_ code: String, String)
    case tooLarge
    case tooMany
    case timeout
    case notStored

    /// The answer, once it is counted.
    /// - Parameter connection: one of ours: a label of the metric.
    func response(to connection: String) -> Response {
        Counter(
            label: "puente_crm_webhooks_refused", dimensions: [("connection", connection), ("reason", reason)]
        ).increment()
        return response
    }

    /// As those of Meta's webhooks are called.
    private var reason: String {
        switch self {
        case .signature: "signature"
        case .invalid: "invalid"
        case .refused: "refused"
        case .tooLarge: "too_large"
        case .tooMany: "too_many"
        case .timeout: "timeout"
        case .notStored: "commit_failed"
        }
    }

    private var response: Response {
        switch self {
        case .signature(let text): Self.error(.unauthorized, "unauthorized", text)
        case .invalid(let code, let text): Self.error(.badRequest, code, text)
        case .refused(let code, let text): Self.error(.unprocessableContent, code, text)
        case .tooLarge: Self.error(.contentTooLarge, "too_large", "A CRM's webhook has at most 1 MB.")
        case .timeout: Self.error(.requestTimeout, "timeout", "The body took too long to arrive.")
        case .tooMany, .notStored: .comeBack
        }
    }

    /// As an event of a batch says it.
    private static func error(_ status: HTTPResponse.Status, _ code: String, _ message: String) -> Response {
        let document: JSONObject = ["error": ["code": code, "message": message] as JSONObject]
        return Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(document.json))))
    }
}
