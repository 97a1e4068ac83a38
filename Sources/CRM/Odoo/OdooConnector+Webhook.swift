package import Domain

extension OdooConnector {
    /// What an automation rule posts: `{"_model": "res.partner", "_id": 41, "_action": "…", "write_uid": 9, …}`. Odoo
    /// signs nothing: the secret stands in the address, `?secret=…`. Whatever it says, the partner is read again.
    package func readWebhook(_ request: WebhookRequest) throws(PuenteError) -> [RemoteHint] {
        try admitWebhook(request)
        let event: OdooEvent
        do {
            event = try WireJSON.decode(from: request.body)
        } catch {
            throw PuenteError(
                .invalid, detail: "unreadable", en: "The webhook cannot be read: \(error.text).",
                es: "El webhook no se puede leer: \(error.text).")
        }
        return [event.hint(ownUID: api.memory.known.session?.uid)]
    }

    /// All that there is to judge stands in the address.
    package func admitWebhook(_ head: WebhookRequest) throws(PuenteError) {
        guard let secret = api.settings.webhookSecret else {
            throw PuenteError(
                .unauthorized, detail: "no_webhook_secret",
                en: "This connection has no webhook_secret, so webhooks cannot be told from a stranger's.",
                es: "Esta conexión no tiene webhook_secret, así que no se puede saber de quién son los webhooks.")
        }
        guard let given = Self.secret(in: head.url), ConstantTime.areEqual(given.utf8, secret.utf8)
        else {
            throw PuenteError(
                .unauthorized, detail: "wrong_secret",
                en: "The address of Odoo's webhook has no secret or a wrong one.",
                es: "La dirección del webhook de Odoo no tiene secreto o no es el correcto.")
        }
    }

    private static func secret(in url: String) -> String? {
        guard let query = url.firstIndex(of: "?") else { return nil }
        let pairs = url[url.index(after: query)...].split(separator: "&")
        return pairs.first { $0.hasPrefix("secret=") }.map { String($0.dropFirst("secret=".count)) }
    }
}

/// The body of a webhook of `ir.actions.server`. Only its first two names are always there.
struct OdooEvent: Decodable {
    let model: String?
    let id: OdooValue?
    let writer: OdooValue?
    let writtenAt: OdooValue?

    enum CodingKeys: String, CodingKey {
        case model = "_model"
        case id = "_id"
        case writer = "write_uid"
        case writtenAt = "write_date"
    }

    /// - Parameter ownUID: the user of our key; its changes are ours.
    func hint(ownUID: Int64?) -> RemoteHint {
        guard model == "res.partner", let id = id?.integer ?? id?.text.flatMap({ Int64($0) }), id > 0 else {
            return .ignored(type: String((model ?? "unknown").prefix(60)))
        }
        let isOurs = ownUID != nil && writer?.integer == ownUID
        let at = writtenAt?.text.flatMap(OdooTime.seconds).map { Timestamp(seconds: $0) }
        return .contactChanged(id: String(id), at: at, isOurs: isOurs)
    }
}
