import Domain
import OutboundHTTP

/// Reads what the refusals of a company's own system mean. Every event may be repeated, so nothing stays unknown.
enum OwnFailure {
    static func failure(_ response: OutboundResponse, _ place: SettingsPlace = .unnamed) -> CallFailure {
        let text = problemText(response)
        let code = "http-\(response.status)"
        switch response.status {
        case 300..<400: return moved(code, text, place)
        case 401, 403: return unverified(code, text, place)
        case 404, 405, 410: return gone(code, text, place)
        case 408, 425: return notNow(code, text)
        case 429: return throttled(response.retryAfter ?? .seconds(10), code, text)
        case 500...:
            guard let wait = response.retryAfter else { return unavailable(code, text) }
            return throttled(wait, code, text)
        default: return rejected(code, text)
        }
    }

    static func rejected(_ code: String, _ text: String) -> CallFailure {
        make(
            .permanent, code, .message, text,
            en: "Your system does not accept this event. See its reason, mend it there, then try again.",
            es: "Su sistema no acepta este evento. Vea el motivo, corríjalo allí y vuelva a intentarlo.")
    }

    static func notNow(_ code: String, _ text: String) -> CallFailure {
        make(
            .transient, code, .message, text,
            en: "Your system could not take this event just now. It is tried again by itself.",
            es: "Su sistema no pudo recibir este evento ahora. Se reintenta automáticamente.")
    }

    private static func unavailable(_ code: String, _ text: String) -> CallFailure {
        make(
            .transient, code, .connection, text,
            en: "Your system failed. It is tried again by itself; see its log if that does not help.",
            es: "Su sistema falló. Se reintenta automáticamente; si no basta, consulte su registro.")
    }

    private static func throttled(_ wait: Duration, _ code: String, _ text: String) -> CallFailure {
        make(
            .throttled(retryAfter: wait), code, .connection, text,
            en: "Your system asks us to slow down. It goes on by itself.",
            es: "Su sistema pide ir más despacio. Sigue automáticamente.")
    }

    private static func moved(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url")
        return make(
            .accountWide, code, .connection, text,
            en: "Your system answers with a redirect, which is not followed. Put its final address \(at.en)",
            es: "Su sistema responde con una redirección, que no se sigue. Ponga su dirección final \(at.es)")
    }

    private static func unverified(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("secret")
        return make(
            .accountWide, code, .credential, text,
            en:
                "Your system refuses our signature. Check that both sides have the right time and the same secret; ours is corrected \(at.en)",
            es:
                "Su sistema rechaza nuestra firma. Compruebe que ambos lados tienen la hora correcta y el mismo secreto; el nuestro se corrige \(at.es)"
        )
    }

    private static func gone(_ code: String, _ text: String, _ place: SettingsPlace) -> CallFailure {
        let at = place.at("base_url")
        return make(
            .accountWide, code, .connection, text,
            en: "Your system does not take events at this address. Correct it \(at.en)",
            es: "Su sistema no recibe eventos en esta dirección. Corríjala \(at.es)")
    }

    /// RFC 9457 answers say what is wrong in `detail` or `title`.
    private static func problemText(_ response: OutboundResponse) -> String {
        struct Problem: Decodable {
            let title: String?
            let detail: String?
        }
        // Any other answer still has its status.
        let problem: Problem? = try? WireJSON.decode(from: response.body)
        return Redaction.text(problem?.detail ?? problem?.title ?? "HTTP \(response.status)")
    }

    private static func make(
        _ kind: CallFailure.Kind, _ code: String, _ scope: PauseScope, _ text: String, en: String, es: String
    ) -> CallFailure {
        CallFailure(kind: kind, code: code, scope: scope, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}
