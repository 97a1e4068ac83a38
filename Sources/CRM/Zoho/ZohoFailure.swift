import Domain
import OutboundHTTP

/// Reads what Zoho's refusals mean.
///
/// Source: Zoho CRM API v8, "Status Codes and Error Messages", and the errors in its published schemas.
struct ZohoFailure {
    /// What repeating a call can do.
    enum Effect: Sendable {
        /// Reads, updates and upserts.
        case repeatable
        /// Creating: a second time makes a second record.
        case once
    }

    let secrets: [String]
    let effect: Effect
    var place = SettingsPlace.unnamed
    /// How long to wait after a refusal: Zoho does not say.
    let wait: @Sendable () -> Duration

    /// Refused for the token alone, so that nothing was done.
    static func isDeadToken(_ response: OutboundResponse) -> Bool {
        guard response.status == 401 else { return false }
        // An answer that is no JSON says nothing of a scope: then a new token is worth a try.
        let code = (try? WireJSON.decode(ZohoItem.self, from: response.body))?.code
        return code != "OAUTH_SCOPE_MISMATCH" && code != "NO_PERMISSION"
    }

    func failure(_ response: OutboundResponse) -> CallFailure {
        // An answer that is no JSON (a gateway's page) still has its status.
        let item = try? WireJSON.decode(ZohoItem.self, from: response.body)
        let code = item?.code ?? "http-\(response.status)"
        let text = item.map { self.text($0) } ?? "HTTP \(response.status)"
        switch response.status {
        case 429: return throttled(response.retryAfter ?? wait(), code, text)
        case 300..<400: return ZohoAdvice.moved(code, text, place)
        case 404 where item?.code == nil || code == "INVALID_URL_PATTERN": return ZohoAdvice.notThere(code, text, place)
        case 503: return away(.transient, code, text)
        case 500...: return away(effect == .once ? .unknown : .transient, code, text)
        case 401 where code == "http-401": return ZohoAdvice.credential(code, text, place)
        default: return failure(code, item, text)
        }
    }

    /// One record's error.
    func failure(_ item: ZohoItem) -> CallFailure {
        failure(item.code ?? "no-code", item, text(item))
    }

    /// A success whose body cannot be read: it was acted on, we cannot know how.
    func unreadable(_ fault: WireFault) -> CallFailure {
        CallFailure(
            kind: effect == .once ? .unknown : .transient, code: "unreadable-answer", scope: .connection,
            vendorText: fault.text,
            advice: LocalizedText(
                en: "Zoho's answer could not be read. It is looked at again by itself.",
                es: "La respuesta de Zoho no se pudo leer. Se revisa de nuevo automáticamente."))
    }

    private func failure(_ code: String, _ item: ZohoItem?, _ text: String) -> CallFailure {
        switch code {
        case "INVALID_TOKEN", "AUTHENTICATION_FAILURE": return ZohoAdvice.credential(code, text, place)
        case "OAUTH_SCOPE_MISMATCH": return ZohoAdvice.scope(code, text, place)
        case "NO_PERMISSION", "AUTHORIZATION_FAILED": return ZohoAdvice.forbidden(code, text)
        case "INVALID_MODULE": return ZohoAdvice.moduleMissing(code, text)
        case "DUPLICATE_DATA":
            return item.flatMap { refusedField($0, text, code: CallFailure.RecordCode.conflict) }
                ?? ZohoAdvice.conflict(text)
        case "AMBIGUITY_DURING_PROCESSING": return ZohoAdvice.ambiguous(text)
        case "MULTIPLE_OR_MULTI_ERRORS": return several(item, text)
        case "INVALID_DATA" where item.map(Self.isAboutID) == true:
            return item.flatMap(Self.reference).map { FieldAdvice.noSuchRecord($0, "Zoho", text) }
                ?? ZohoAdvice.gone(text)
        case "INVALID_DATA" where item?.details?.api_name == "duplicate_check_fields":
            return ZohoAdvice.fieldMissing(code, text, place)
        case "MANDATORY_NOT_FOUND", "EXPECTED_FIELD_MISSING":
            return item.flatMap { refusedField($0, text, code: code) } ?? ZohoAdvice.mandatory(code, text)
        case "STORAGE_SPACE_EXCEEDED": return ZohoAdvice.full(code, text)
        case "TOO_MANY_REQUESTS": return throttled(wait(), code, text)
        case "RECORD_LOCKED", "RECORD_IN_BLUEPRINT": return ZohoAdvice.locked(code, text)
        case "INTERNAL_ERROR", "INTERNAL_SERVER_ERROR": return away(effect == .once ? .unknown : .transient, code, text)
        default: return item.flatMap { refusedField($0, text, code: code) } ?? ZohoAdvice.rejected(code, text)
        }
    }

    /// The one that a person can do most about stands for all.
    private func several(_ item: ZohoItem?, _ text: String) -> CallFailure {
        let errors = item?.details?.errors ?? []
        if let duplicate = errors.first(where: { $0.code == "DUPLICATE_DATA" }) {
            return refusedField(duplicate, text, code: CallFailure.RecordCode.conflict) ?? ZohoAdvice.conflict(text)
        }
        let code = "MULTIPLE_OR_MULTI_ERRORS"
        let named = errors.lazy.compactMap { refusedField($0, text, code: code) }.first
        return named ?? ZohoAdvice.rejected(code, text)
    }

    /// A record that is not there (any more), or the one that a note was to hang on.
    private static func isAboutID(_ item: ZohoItem) -> Bool {
        let path = item.details?.json_path ?? ""
        let isNamed = item.details?.api_name == "id" || path.hasSuffix(".id") || path.hasSuffix("Parent_Id")
        return isNamed || item.message?.lowercased().contains("id given seems to be invalid") == true
    }

    /// The field of a row that names another record, `Owner` of `$.data[0].Owner.id`; nil where it is the row itself that is
    /// not there, or what it was to hang on.
    private static func reference(_ item: ZohoItem) -> RemoteField? {
        guard let match = item.details?.json_path?.wholeMatch(of: /\$\.data\[\d+\]\.([A-Za-z0-9_]+)(?:\.id)?/) else {
            return nil
        }
        let name = String(match.1)
        guard !["id", "Parent_Id", ZohoMessageField.contact.rawValue].contains(name) else { return nil }
        return RemoteField(name: name, label: name, shape: .other)
    }

    /// Zoho's sentence with the field and the other record that it is about: both are needed to mend it.
    private func text(_ item: ZohoItem) -> String {
        let errors = item.details?.errors ?? []
        guard errors.isEmpty else { return errors.prefix(5).map(text).joined(separator: "; ") }
        let details = item.details
        let facts = [
            details?.api_name ?? details?.column_name?.text ?? details?.param_name,
            details?.expected_data_type.map { "expected: \($0)" },
            details?.maximum_length?.text.map { "at most \($0)" },
            (details?.duplicate_record?.id?.text ?? details?.id?.text).map { "record \($0)" },
        ].compactMap { $0 }
        let sentence = [item.code, item.message].compactMap { $0 }.joined(separator: ": ")
        return Redaction.text(
            facts.isEmpty ? sentence : "\(sentence) (\(facts.joined(separator: ", ")))", secrets: secrets)
    }

    private func throttled(_ wait: Duration, _ code: String, _ text: String) -> CallFailure {
        CallFailure(
            kind: .throttled(retryAfter: wait), code: code, scope: .connection, vendorText: text,
            advice: LocalizedText(
                en: "Zoho asks us to slow down, or its credits of 24 hours are used up. It goes on by itself.",
                es: "Zoho pide ir más despacio o se agotaron sus créditos de 24 horas. Sigue automáticamente."))
    }

    private func away(_ kind: CallFailure.Kind, _ code: String, _ text: String) -> CallFailure {
        guard kind == .unknown else { return ZohoAdvice.away(code, text) }
        return CallFailure(
            kind: kind, code: code, scope: .connection, vendorText: text,
            advice: LocalizedText(
                en: "Zoho failed while it worked on this. It is looked up there before it is written again.",
                es: "Zoho falló mientras lo procesaba. Se busca allí antes de escribirlo de nuevo."))
    }
}
