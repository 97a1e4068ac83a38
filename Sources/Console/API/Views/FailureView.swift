import Domain
import Store

/// Shows stored things as resources of the API: what needs the reader's language or the WhatsApp side's knowledge.
struct ResourceViews {
    let language: Language
    let rules: ConsoleAPI.Rules

    func failure(_ failure: ShownFailure?) -> JSONObject? {
        guard let failure else { return nil }
        let advice = failure.advice ?? rules.advice(failure.code, failure.vendorText)
        return [
            "code": failure.code, "kind": failure.kind?.name, "vendor_text": failure.vendorText,
            "advice": advice?[language],
        ]
    }
}

extension ConsoleAPI {
    func views(_ request: APIRequest) -> ResourceViews {
        ResourceViews(language: request.language, rules: rules)
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
