import Domain
import Pipeline
import Store

/// Shows stored things as resources of the API, with their sentences in the reader's language.
struct ResourceViews {
    let language: Language

    func failure(_ failure: ShownFailure?) -> JSONObject? {
        guard let failure else { return nil }
        return [
            "code": failure.code, "kind": failure.kind?.name, "vendor_text": failure.vendorText,
            "advice": FailureAdvice(failure).advice[language],
        ]
    }
}

extension ConsoleAPI {
    func views(_ request: APIRequest) -> ResourceViews {
        ResourceViews(language: request.language)
    }
}

extension CallFailure.Kind {
    fileprivate var name: String {
        switch self {
        case .transient: "transient"
        case .throttled: "throttled"
        case .permanent: "permanent"
        case .accountWide: "account_wide"
        case .unknown: "unknown"
        case .unreachable: "unreachable"
        }
    }
}
