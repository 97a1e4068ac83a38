package import Domain

extension HubSpotConnector {
    /// Events of the app's subscriptions, an array signed with version 3; or one call of our workflow action, an object,
    /// which HubSpot signs with version 2 only. Version 2 has no time, so it is accepted for nothing but such calls:
    /// their `callbackId` is the key against acting twice.
    package func readWebhook(_ request: WebhookRequest) throws(PuenteError) -> [RemoteHint] {
        let signature = HubSpotSignature(clientSecret: try clientSecret)
        let isTimed = request.has(HubSpotSignature.headerV3)
        do throws(HubSpotSignature.Problem) {
            if isTimed { try signature.verifyV3(request) } else { try signature.verifyV2(request) }
        } catch {
            throw Self.unauthorized(error)
        }
        if request.body.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") {
            guard isTimed else { throw Self.unauthorized(.missingHeader) }
            return try events(request.body)
        }
        return [.sendMessage(try command(request.body))]
    }

    /// A signature of either version.
    package func admitWebhook(_ head: WebhookRequest) throws(PuenteError) {
        _ = try clientSecret
        guard head.has(HubSpotSignature.headerV3) || head.has(HubSpotSignature.headerV2) else {
            throw Self.unauthorized(.missingHeader)
        }
    }

    private var clientSecret: String {
        get throws(PuenteError) {
            guard let secret = api.settings.clientSecret, !secret.isEmpty else {
                throw PuenteError(
                    .unauthorized, detail: "no_client_secret",
                    en: "This connection has no client secret, so webhooks cannot be verified.",
                    es: "Esta conexión no tiene secreto de cliente, así que los webhooks no se pueden verificar.")
            }
            return secret
        }
    }

    private func events(_ body: [UInt8]) throws(PuenteError) -> [RemoteHint] {
        // One event that cannot be read must not cost its neighbours.
        let events = try Self.decode([Lossy<HubSpotEvent>].self, body)
        return events.prefix(1000).map { $0.value?.hint(appID: api.settings.appID) ?? .ignored(type: "malformed") }
    }

    private func command(_ body: [UInt8]) throws(PuenteError) -> SendCommand {
        guard let command = try Self.decode(HubSpotAction.self, body).command else {
            throw PuenteError(
                .invalid, detail: "workflow_action",
                en: "The workflow action needs a contact and either a message or a template with its language.",
                es: "La acción del flujo necesita un contacto y un mensaje, o una plantilla con su idioma.")
        }
        return command
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8]) throws(PuenteError) -> Value {
        do {
            return try WireJSON.decode(from: body)
        } catch {
            throw PuenteError(
                .invalid, detail: "unreadable", en: "The webhook cannot be read: \(error.text).",
                es: "El webhook no se puede leer: \(error.text).")
        }
    }

    private static func unauthorized(_ problem: HubSpotSignature.Problem) -> PuenteError {
        PuenteError(
            .unauthorized, detail: "\(problem)",
            en: "The signature of HubSpot's webhook is missing, wrong or older than five minutes.",
            es: "La firma del webhook de HubSpot falta, no es correcta o tiene más de cinco minutos.")
    }
}

/// A value, or nil where it cannot be read.
struct Lossy<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) {
        value = try? Value(from: decoder)  // the loss is what this type is for; its users say what stands in
    }
}
