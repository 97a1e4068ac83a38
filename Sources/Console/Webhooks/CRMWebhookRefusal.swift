import HTTPTypes
import Hummingbird
import Metrics

/// Why a CRM's webhook was not taken in. Each is counted: a secret that the CRM and we write differently shows nowhere
/// else.
enum CRMWebhookRefusal {
    case signature(String)
    case invalid(String)
    /// It was understood, and cannot be done.
    case refused(String)
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
        case .signature(let text): .text(.unauthorized, text + "\n")
        case .invalid(let text): .text(.badRequest, text + "\n")
        case .refused(let text): .text(.unprocessableContent, text + "\n")
        case .tooLarge: .text(.contentTooLarge, "A CRM's webhook has at most 1 MB.\n")
        case .timeout: .text(.requestTimeout, "The body took too long to arrive.\n")
        case .tooMany, .notStored: .comeBack
        }
    }
}
