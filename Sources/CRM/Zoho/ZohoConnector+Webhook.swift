package import Domain

extension ZohoConnector {
    /// Zoho signs nothing. What a call-back can be told by is the number of the channel and the token that we gave with
    /// it; what it says is a hint, and the record is read again.
    package func readWebhook(_ request: WebhookRequest) throws(PuenteError) -> [RemoteHint] {
        let token = try notificationToken
        let notification: ZohoNotification
        do {
            notification = try WireJSON.decode(from: request.body)
        } catch {
            throw PuenteError(
                .invalid, detail: "unreadable", en: "The call-back cannot be read: \(error.text).",
                es: "El aviso no se puede leer: \(error.text).")
        }
        guard notification.isFrom(channel: api.settings.channelID, token: token) else {
            throw PuenteError(
                .unauthorized, detail: "wrong_token",
                en: "The call-back does not carry the channel and the token of this connection.",
                es: "El aviso no lleva el canal y el token de esta conexión.")
        }
        return notification.hints
    }

    /// What a call-back is told by stands in its body.
    package func admitWebhook(_: WebhookRequest) throws(PuenteError) {
        _ = try notificationToken
    }

    private var notificationToken: String {
        get throws(PuenteError) {
            guard let token = api.settings.notificationToken else { throw Self.noSecret }
            return token
        }
    }

    private static let noSecret = PuenteError(
        .unauthorized, detail: "no_webhook_secret",
        en: "This connection has no webhook_secret, so call-backs cannot be told from others' calls.",
        es: "Esta conexión no tiene webhook_secret, así que los avisos no se distinguen de llamadas ajenas.")
}
