import Domain
import OutboundHTTP

/// Reads what Odoo's refusals mean: JSON-2 says it by HTTP status and the name of an exception, JSON-RPC by the name
/// alone, in an answer of 200. A refusal that Odoo itself wrote means that its transaction was undone.
///
/// Source: Odoo's documentation of both interfaces, and `odoo/exceptions.py`.
struct OdooFailure {
    static let denied = "odoo.exceptions.AccessDenied"
    /// A field of partners that was there is not any more.
    static let fieldGone = "field-gone"

    let secrets: [String]
    let effect: OdooCall.Effect
    var place = SettingsPlace.unnamed

    /// An answer that is no success, from either interface.
    func failure(_ response: OutboundResponse) -> CallFailure {
        // A page in its place (a gateway's, or Odoo's own for an address without a database) still has its status.
        let exception = try? WireJSON.decode(OdooException.self, from: response.body)
        let text = Redaction.text(exception?.message ?? "HTTP \(response.status)", secrets: secrets)
        let code = "http-\(response.status)"
        if response.status == 429 { return throttled(response.retryAfter ?? .seconds(5), code, text) }
        if let name = exception?.name, response.status != 401 { return failure(name: name, text: text) }
        switch response.status {
        case 401: return OdooAdvice.credential(exception?.name ?? code, text, place)
        case 403: return OdooAdvice.forbidden(code, text)
        case 300..<500: return OdooAdvice.notThere(code, text, place)
        case 503: return unavailable(response, code, text, isUnknown: false)
        default: return unavailable(response, code, text, isUnknown: effect == .once)
        }
    }

    /// `error` of JSON-RPC.
    func failure(_ error: OdooRPCError) -> CallFailure {
        let text = Redaction.text(error.data?.message ?? error.message ?? "", secrets: secrets)
        if error.code == 404 { return OdooAdvice.notThere("http-404", text, place) }
        return failure(name: error.data?.name ?? "rpc-\(error.code ?? 0)", text: text)
    }

    /// The user's groups do not allow it.
    static func isLackOfRights(_ failure: CallFailure) -> Bool {
        failure.kind == .accountWide && failure.code.hasSuffix("AccessError")
    }

    /// What stands in a message of `load`.
    static func ofRow(_ text: String, field: String?) -> CallFailure {
        if field == ".id" { return OdooAdvice.gone(text) }
        if text.hasPrefix("You are not allowed") { return OdooAdvice.forbidden("load", text) }
        // `category_id/.id`: a column may lead on from its field.
        guard let name = field?.split(separator: "/").first, name != "id" else {
            return OdooAdvice.rejected("load", text)
        }
        return FieldAdvice.refused(String(name), RefusedField.Rule(odoo: text), "Odoo", code: "load", text)
    }

    /// A success whose body cannot be read: it was acted on, we cannot know how.
    func unreadable(_ fault: WireFault) -> CallFailure {
        make(
            effect == .once ? .unknown : .transient, "unreadable-answer", .connection, fault.text,
            en: "Odoo's answer could not be read. It is looked at again by itself.",
            es: "La respuesta de Odoo no se pudo leer. Se revisa de nuevo automáticamente.")
    }

    private func failure(name: String, text: String) -> CallFailure {
        switch name.split(separator: ".").last {
        case "AccessDenied", "Unauthorized", "SessionExpiredException": return OdooAdvice.credential(name, text, place)
        case "AccessError":
            // A rule about single records is worded otherwise.
            return text.hasPrefix("You are not allowed")
                ? OdooAdvice.forbidden(name, text) : OdooAdvice.protected(name, text)
        case "MissingError": return OdooAdvice.gone(text)
        case "NotFound" where text.hasPrefix("the model "),
            "UserError" where text.hasPrefix("Object ") && text.hasSuffix(" doesn't exist"):
            return OdooAdvice.appMissing(name, text)
        case "UserError", "ValidationError", "RedirectWarning": return OdooAdvice.rejected(name, text)
        case "NotFound": return OdooAdvice.notThere(name, text, place)
        case "ValueError" where text.contains("Invalid field"): return fieldGone(text)
        case "ValueError", "TypeError", "UnprocessableEntity", "BadRequest": return OdooAdvice.rejected(name, text)
        case "LockError", "ConcurrencyError", "SerializationFailure", "LockNotAvailable", "DeadlockDetected":
            return busy(name, text)
        case "OperationalError" where text.contains("database") && text.contains("does not exist"):
            return OdooAdvice.noDatabase(name, text, place)
        case "OperationalError", "InterfaceError", "PoolError": return unavailable(nil, name, text, isUnknown: false)
        default: return broken(name, text)
        }
    }

    private func throttled(_ wait: Duration, _ code: String, _ text: String) -> CallFailure {
        make(
            .throttled(retryAfter: wait), code, .connection, text,
            en: "Odoo asks us to slow down. It goes on by itself in a moment.",
            es: "Odoo pide ir más despacio. Sigue automáticamente en un momento.")
    }

    private func busy(_ code: String, _ text: String) -> CallFailure {
        make(
            .transient, code, .message, text,
            en: "Somebody in Odoo was changing the same record. It is tried again by itself.",
            es: "Alguien estaba cambiando la misma ficha en Odoo. Se reintenta automáticamente.")
    }

    func fieldGone(_ text: String) -> CallFailure {
        make(
            .transient, Self.fieldGone, .connection, text,
            en: "A field of Odoo's contacts is gone. It is tried again with those that are there.",
            es: "Falta un campo de los contactos de Odoo. Se reintenta con los que hay.")
    }

    /// An exception that no version of Odoo's own has for this: the company's own code, as a rule.
    private func broken(_ code: String, _ text: String) -> CallFailure {
        make(
            .transient, code, .message, text,
            en: "Odoo failed on this record. It is tried again by itself; show the reason to whoever looks after Odoo.",
            es: "Odoo falló con esta ficha. Se reintenta automáticamente; muestre el motivo a quien mantiene Odoo.")
    }

    private func unavailable(
        _ response: OutboundResponse?, _ code: String, _ text: String, isUnknown: Bool
    ) -> CallFailure {
        if isUnknown {
            return make(
                .unknown, code, .connection, text,
                en: "Odoo failed while it worked on this. It is looked up there before it is written again.",
                es: "Odoo falló mientras lo procesaba. Se busca allí antes de escribirlo de nuevo.")
        }
        if let wait = response?.retryAfter { return throttled(wait, code, text) }
        return make(
            .transient, code, .connection, text,
            en: "Odoo is not available at the moment. It is tried again by itself.",
            es: "Odoo no está disponible en este momento. Se reintenta automáticamente.")
    }

    private func make(
        _ kind: CallFailure.Kind, _ code: String, _ scope: PauseScope, _ text: String, en: String, es: String
    ) -> CallFailure {
        CallFailure(kind: kind, code: code, scope: scope, vendorText: text, advice: LocalizedText(en: en, es: es))
    }
}

extension RefusedField.Rule {
    /// Odoo says it in a sentence, which is English: Puente asks in no other language.
    fileprivate init(odoo text: String) {
        let text = text.lowercased()
        self =
            switch true {
            case text.contains("missing required value"): .required
            case text.contains("selection field"): .choice
            case text.contains("no matching record"): .reference
            case text.contains("does not seem to be"), text.contains("is not a valid"): .kind
            default: .other
            }
    }
}
