import Domain
import OutboundHTTP

/// Reads what the token end-point's refusals mean. Source: Salesforce Help, "OAuth 2.0 error codes".
struct SalesforceLoginFailure {
    let secret: String
    var place = SettingsPlace.unnamed

    func failure(_ response: OutboundResponse) -> CallFailure {
        // An answer that is no JSON (a page) still has its status.
        let error = try? WireJSON.decode(SalesforceTokenError.self, from: response.body)
        let code = error?.error ?? "http-\(response.status)"
        let text = Redaction.text(error?.error_description ?? "HTTP \(response.status)", secrets: [secret])
        switch response.status {
        case 300..<400: return SalesforceAdvice.wrongDomain(code, text, place)
        case 429, 500...:
            return CallFailure(
                kind: response.retryAfter.map { .throttled(retryAfter: $0) } ?? .transient, code: code,
                scope: .connection, vendorText: text,
                advice: LocalizedText(
                    en: "Salesforce gives no tokens at the moment. It is tried again by itself.",
                    es: "Salesforce no da tokens en este momento. Se reintenta automáticamente."))
        default: break
        }
        guard error?.error != nil else { return SalesforceAdvice.wrongDomain(code, text, place) }
        if text.contains("not supported on this domain") { return SalesforceAdvice.wrongDomain(code, text, place) }
        if text.contains("hasn't approved") { return SalesforceAdvice.notApproved(code, text) }
        return SalesforceAdvice.credential(code, text, place)
    }
}
