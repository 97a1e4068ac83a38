import Domain
import OutboundHTTP

/// Reads what Salesforce's refusals mean.
///
/// Source: Salesforce, REST API Developer Guide, "Status codes and error responses", and its list of `statusCode` values.
struct SalesforceFailure {
    /// What repeating a call can do.
    enum Effect {
        /// Reads, updates and upserts.
        case repeatable
        /// Creating: a second time makes a second record.
        case once
    }

    /// What an error belongs to: a refused record says less about the account than a refused call.
    private enum Subject { case call, record }

    let secrets: [String]
    let effect: Effect
    var place = SettingsPlace.unnamed

    func failure(_ response: OutboundResponse) -> CallFailure {
        // An answer that is no JSON (a gateway's page) still has its status.
        let errors = try? WireJSON.decode([SalesforceError].self, from: response.body)
        guard let error = errors?.first, let code = error.code else {
            return failure(status: response.status, response)
        }
        if response.status >= 500 { return failure(status: response.status, response, code: code, text: text(error)) }
        return failure(error, code, .call) ?? refusedField(error, code, text(error))
            ?? failure(status: response.status, response, code: code, text: text(error))
    }

    /// One record's error in a collection, which is answered 200 whatever happens.
    func failure(_ error: SalesforceError) -> CallFailure {
        let code = error.code ?? "unknown"
        return failure(error, code, .record) ?? refusedField(error, code, text(error))
            ?? SalesforceAdvice.rejected(code, text(error))
    }

    /// A success whose body cannot be read: it was acted on, we cannot know how.
    func unreadable(_ fault: WireFault) -> CallFailure {
        make(
            effect == .once ? .unknown : .transient, "unreadable-answer", fault.text,
            en: "Salesforce's answer could not be read. It is looked at again by itself.",
            es: "La respuesta de Salesforce no se pudo leer. Se revisa de nuevo automáticamente.")
    }

    private func text(_ error: SalesforceError) -> String {
        Redaction.text(error.message ?? "", secrets: secrets)
    }

    /// Nil for a code that says no more than the status.
    private func failure(_ error: SalesforceError, _ code: String, _ subject: Subject) -> CallFailure? {
        let text = text(error)
        switch code {
        case "UNABLE_TO_LOCK_ROW": return SalesforceAdvice.locked(code, text)
        case "ENTITY_IS_LOCKED": return SalesforceAdvice.lockedForGood(code, text)
        case "DUPLICATES_DETECTED": return SalesforceAdvice.duplicates(error.duplicates ?? .unsaid, text)
        case "DUPLICATE_VALUE", "DUPLICATE_EXTERNAL_ID":
            return refusedField(error, CallFailure.RecordCode.conflict, text, .unique)
                ?? SalesforceAdvice.conflict(text)
        case "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY":
            return SalesforceAdvice.gone(text)
        case "NOT_FOUND" where subject == .record: return SalesforceAdvice.gone(text)
        case "FIELD_CUSTOM_VALIDATION_EXCEPTION", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER":
            return refusedField(error, code, text, .validation) ?? SalesforceAdvice.refusedByRule(code, text)
        case "INSUFFICIENT_ACCESS_OR_READONLY" where subject == .record: return SalesforceAdvice.notAllowed(code, text)
        case "UNKNOWN_EXCEPTION" where subject == .record: return SalesforceAdvice.locked(code, text)
        default: return accountFailure(code, text)
        }
    }

    /// What concerns the whole org, whether a call or a record showed it.
    private func accountFailure(_ code: String, _ text: String) -> CallFailure? {
        switch code {
        case "INVALID_SESSION_ID", "INVALID_AUTH_HEADER": SalesforceAdvice.credential(code, text, place)
        case "REQUEST_LIMIT_EXCEEDED" where text.contains("Concurrent"): slowDown(.seconds(5), code, text)
        case "REQUEST_LIMIT_EXCEEDED": SalesforceAdvice.dailyLimit(after: .minutes(15), code, text)
        case "API_CURRENTLY_DISABLED", "SERVER_UNAVAILABLE": away(.transient, code, text)
        case "QUERY_TIMEOUT": away(.transient, code, text)
        case "API_DISABLED_FOR_ORG": SalesforceAdvice.apiDisabled(code, text)
        case "INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY": SalesforceAdvice.forbidden(code, text)
        case "INVALID_FIELD", "INVALID_TYPE", "INVALID_FIELD_FOR_INSERT_UPDATE":
            SalesforceAdvice.fieldMissing(code, text)
        case "STORAGE_LIMIT_EXCEEDED": SalesforceAdvice.storageFull(code, text)
        default: nil
        }
    }

    private func failure(
        status: Int, _ response: OutboundResponse, code: String? = nil, text: String? = nil
    ) -> CallFailure {
        let code = code ?? "http-\(status)"
        let text = text ?? "HTTP \(status)"
        switch status {
        case 401: return SalesforceAdvice.credential(code, text, place)
        case 403: return SalesforceAdvice.forbidden(code, text)
        case 300..<400, 404, 410: return SalesforceAdvice.notThere(code, text, place)
        case 429: return slowDown(response.retryAfter ?? .seconds(10), code, text)
        case 503:
            return response.retryAfter.map { slowDown($0, code, text) } ?? away(.transient, code, text)
        case 500...: return away(effect == .once ? .unknown : .transient, code, text)
        default: return SalesforceAdvice.rejected(code, text)
        }
    }

    private func slowDown(_ wait: Duration, _ code: String, _ text: String) -> CallFailure {
        make(
            .throttled(retryAfter: wait), code, text,
            en: "Salesforce asks us to slow down. It goes on by itself in a moment.",
            es: "Salesforce pide ir más despacio. Sigue automáticamente en un momento.")
    }

    private func away(_ kind: CallFailure.Kind, _ code: String, _ text: String) -> CallFailure {
        kind == .unknown
            ? make(
                kind, code, text,
                en: "Salesforce failed while it worked on this. It is looked up there before it is written again.",
                es: "Salesforce falló mientras lo procesaba. Se busca allí antes de escribirlo de nuevo.")
            : make(
                kind, code, text,
                en: "Salesforce is not available at the moment. It is tried again by itself.",
                es: "Salesforce no está disponible en este momento. Se reintenta automáticamente.")
    }

    private func make(_ kind: CallFailure.Kind, _ code: String, _ text: String, en: String, es: String) -> CallFailure {
        CallFailure(
            kind: kind, code: code, scope: .connection, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}
