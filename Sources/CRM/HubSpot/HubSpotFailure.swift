import Domain
import OutboundHTTP

/// Reads what HubSpot's refusals mean.
///
/// Source: HubSpot, "Usage guidelines and limits" and "Error handling", and the answers in its published schemas.
struct HubSpotFailure {
    /// What repeating a call can do.
    enum Effect {
        /// Reads, updates and upserts.
        case repeatable
        /// Creating: a second time makes a second record.
        case once
    }

    let secrets: [String]
    let effect: Effect
    var isOAuth = false
    var place = SettingsPlace.unnamed

    func failure(_ response: OutboundResponse) -> CallFailure {
        // An answer that is no JSON (a gateway's page) still has its status.
        let error = try? WireJSON.decode(HubSpotError.self, from: response.body)
        let text = Redaction.text(error?.message ?? "HTTP \(response.status)", secrets: secrets)
        return failure(status: response.status, error: error, text: text, response: response)
    }

    /// One item's error in a 207. It has no status of its own, only a category.
    func failure(_ error: HubSpotError) -> CallFailure {
        let text = Redaction.text(error.message ?? "", secrets: secrets)
        let status =
            switch error.category {
            case "OBJECT_NOT_FOUND": 404
            case "CONFLICT", "OBJECT_ALREADY_EXISTS": 409
            case "MISSING_SCOPES": 403
            case "INVALID_AUTHENTICATION", "EXPIRED_AUTHENTICATION": 401
            case "RATE_LIMITS", "RATE_LIMIT": 429
            default: 400
            }
        return failure(status: status, error: error, text: text, response: nil)
    }

    /// A success whose body cannot be read: it was acted on, we cannot know how.
    func unreadable(_ fault: WireFault) -> CallFailure {
        make(
            effect == .once ? .unknown : .transient, "unreadable-answer", .connection, fault.text,
            en: "HubSpot's answer could not be read. It is looked at again by itself.",
            es: "La respuesta de HubSpot no se pudo leer. Se revisa de nuevo automáticamente.")
    }

    private func failure(
        status: Int, error: HubSpotError?, text: String, response: OutboundResponse?
    ) -> CallFailure {
        let code = error?.code ?? "http-\(status)"
        switch status {
        case 401 where isOAuth: return HubSpotAdvice.refreshToken(code, text, place)
        case 401: return HubSpotAdvice.credential(code, text, place)
        case 403:
            return HubSpotAdvice.forbidden(code, Self.withScopes(text, error), isOAuth: isOAuth, place)
        case 404 where error?.message == nil: return HubSpotAdvice.notThere(code, text, place)
        case 404, 410: return HubSpotAdvice.gone(text)
        case 409:
            return refusedField(error, text, code: CallFailure.RecordCode.conflict, .unique)
                ?? HubSpotAdvice.conflict(text)
        case 423: return throttled(.seconds(2), response, code, text)
        case 429: return rateLimited(error, response, text)
        case 477: return HubSpotAdvice.migrating(after: response?.retryAfter ?? .hours(1), text)
        case 300..<400: return HubSpotAdvice.moved(code, text, place)
        case 503, 521, 523: return retriable(.transient, response, "http-\(status)", text)
        case 500...: return retriable(effect == .once ? .unknown : .transient, response, "http-\(status)", text)
        case 400 where code == "PROPERTY_DOESNT_EXIST":
            return Self.mappedField(missingIn: error).map { FieldAdvice.unknown($0, "HubSpot", text) }
                ?? HubSpotAdvice.fieldMissing(code, text, place)
        default: return refusedField(error, text, code: code) ?? HubSpotAdvice.rejected(code, text)
        }
    }

    /// A property that is not there and that only the mapping writes; nil where one that every contact needs is missing.
    private static func mappedField(missingIn error: HubSpotError?) -> String? {
        let missing = (error?.errors ?? []).filter { $0.code == "PROPERTY_DOESNT_EXIST" }
            .flatMap { $0.context?["propertyName"]?.values ?? [] }
        return missing.contains { HubSpotField(rawValue: $0)?.isOffer == false } ? nil : missing.first
    }

    private func rateLimited(_ error: HubSpotError?, _ response: OutboundResponse?, _ text: String) -> CallFailure {
        let policy = error?.policyName ?? "RATE_LIMIT"
        switch policy {
        case "DAILY":
            // The day ends at midnight in the account's time zone; asking four times an hour costs little of the next.
            return HubSpotAdvice.dailyLimit(after: response?.retryAfter ?? .minutes(15), text)
        case "SECONDLY": return throttled(.seconds(1), response, policy, text)
        default:
            let interval = response?.header("X-HubSpot-RateLimit-Interval-Milliseconds").flatMap { Int($0) } ?? 10_000
            return throttled(.milliseconds(min(max(interval, 1000), 60_000)), response, policy, text)
        }
    }

    private func throttled(
        _ wait: Duration, _ response: OutboundResponse?, _ code: String, _ text: String
    ) -> CallFailure {
        make(
            .throttled(retryAfter: response?.retryAfter ?? wait), code, .connection, text,
            en: "HubSpot asks us to slow down. It goes on by itself in a moment.",
            es: "HubSpot pide ir más despacio. Sigue automáticamente en un momento.")
    }

    private func retriable(
        _ kind: CallFailure.Kind, _ response: OutboundResponse?, _ code: String, _ text: String
    ) -> CallFailure {
        if kind == .transient, let wait = response?.retryAfter { return throttled(wait, response, code, text) }
        return kind == .unknown
            ? make(
                kind, code, .connection, text,
                en: "HubSpot failed while it worked on this. It is looked up there before it is written again.",
                es: "HubSpot falló mientras lo procesaba. Se busca allí antes de escribirlo de nuevo.")
            : make(
                kind, code, .connection, text,
                en: "HubSpot is not available at the moment. It is tried again by itself.",
                es: "HubSpot no está disponible en este momento. Se reintenta automáticamente.")
    }

    private static func withScopes(_ text: String, _ error: HubSpotError?) -> String {
        let scopes = (error?.errors ?? []).flatMap { $0.context?["requiredGranularScopes"]?.values ?? [] }
        return scopes.isEmpty ? text : "\(text) (\(scopes.prefix(10).joined(separator: ", ")))"
    }

    private func make(
        _ kind: CallFailure.Kind, _ code: String, _ scope: PauseScope, _ text: String, en: String, es: String
    ) -> CallFailure {
        CallFailure(kind: kind, code: code, scope: scope, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}
