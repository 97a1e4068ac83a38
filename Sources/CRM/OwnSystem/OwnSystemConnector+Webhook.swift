package import Domain

extension OwnSystemConnector {
    private static let maxEvents = 200

    /// An event or a batch, signed with the secret that we share. A single event that cannot be carried out is refused
    /// with the reason; in a batch the reason stands in its place, so that its neighbours arrive.
    package func readWebhook(_ request: WebhookRequest) throws(PuenteError) -> [RemoteHint] {
        let webhookID = try verifiedID(request)
        let event: OwnInboundEvent
        do {
            event = try WireJSON.decode(from: request.body)
        } catch {
            throw PuenteError(
                .invalid, detail: "unreadable", en: "The event cannot be read: \(error.text).",
                es: "El evento no se puede leer: \(error.text).")
        }
        guard case .batch(let events) = event.data else { return [try event.hint(key: webhookID)] }
        guard events.count <= Self.maxEvents else {
            throw PuenteError(
                .tooLarge, en: "A batch holds \(Self.maxEvents) events at most.",
                es: "Un lote tiene como máximo \(Self.maxEvents) eventos.")
        }
        return events.enumerated().map { position, event in
            hint(of: event.value, key: event.value?.id ?? "\(webhookID)#\(position)")
        }
    }

    /// The three headers of the scheme.
    package func admitWebhook(_ head: WebhookRequest) throws(PuenteError) {
        guard StandardWebhooks.isSigned(head) else { throw Self.unauthorized(.missingHeader) }
    }

    private func hint(of event: OwnInboundEvent?, key: String) -> RemoteHint {
        guard let event else { return .unusable(Self.malformed) }
        do {
            return try event.hint(key: String(key.prefix(256)))
        } catch {
            return .unusable(error)
        }
    }

    private static let malformed = PuenteError(
        .invalid, detail: "unreadable", en: "An event is an object with type and data.",
        es: "Un evento es un objeto con type y data.")

    private func verifiedID(_ request: WebhookRequest) throws(PuenteError) -> String {
        do {
            return try settings.signer.verify(request)
        } catch {
            throw Self.unauthorized(error)
        }
    }

    private static func unauthorized(_ problem: StandardWebhooks.Problem) -> PuenteError {
        PuenteError(
            .unauthorized, detail: "\(problem)",
            en: "The webhook's signature is missing, wrong, or more than five minutes from our clock.",
            es: "La firma del webhook falta, no es correcta o difiere más de cinco minutos de nuestro reloj.")
    }
}
