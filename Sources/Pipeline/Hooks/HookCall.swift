import CRM
import Domain
import OutboundHTTP
import Store

/// One try to tell a subscriber one event.
struct HookCall: Sendable {
    /// Of an answer, so that the connection can be used again: what a receiver says beside its status is not read.
    private static let maxAnswerBytes = 64 << 10

    let courier: HookCourier
    let target: HookTarget

    func send(_ delivery: HookDelivery) async -> HookAttempt {
        let (now, started) = (courier.context.store.now(), ContinuousClock.now)
        let result = await answer(to: delivery, at: now)
        let ended = courier.context.store.now()
        let verdict = courier.settings.schedule.verdict(
            result.reply, attempt: delivery.attempts + 1, now: ended, jitter: courier.context.jitter())
        return HookAttempt(
            delivery: delivery.id, verdict: verdict, status: result.status,
            error: verdict == .delivered ? nil : result.error, took: ContinuousClock.now - started, at: ended)
    }

    private struct Result {
        let reply: HookReply
        var status: Int?
        let error: LocalizedText
    }

    private func answer(to delivery: HookDelivery, at now: Timestamp) async -> Result {
        guard let signer else { return Result(reply: .unanswered, error: .unusableSecret) }
        let body = Array(delivery.body.utf8)
        let signature = signer.headers(
            id: WebhookEvent.name(delivery.event), seconds: now.milliseconds / 1000, body: body)
        do {
            let response = try await courier.http.head(
                of: OutboundRequest(
                    method: "POST", url: target.endpoint.url,
                    headers: [("content-type", "application/json"), ("user-agent", "Puente-Webhooks/1")] + signature,
                    body: body, deadline: courier.settings.deadline, maxResponseBytes: Self.maxAnswerBytes,
                    destination: "webhook"))
            return Result(
                reply: .answered(status: response.status, retryAfter: response.retryAfter), status: response.status,
                error: .refused(by: response))
        } catch {
            return Result(reply: .unanswered, error: error.hookText)
        }
    }

    private var signer: StandardWebhooks? {
        guard let current = StandardWebhooks.Secret(target.secret) else { return nil }
        return StandardWebhooks(
            current: current, previous: target.previousSecret.flatMap { StandardWebhooks.Secret($0) })
    }
}

extension LocalizedText {
    fileprivate static let unusableSecret = LocalizedText(
        en: "The secret cannot be used. Rotate it.", es: "El secreto no se puede usar. Cámbielo.")

    fileprivate static func refused(by response: OutboundResponse) -> LocalizedText {
        let status = response.status
        return switch status {
        case 300..<400:
            LocalizedText(
                en: "The address answered \(status), a redirect. Those are not followed: write down where it leads.",
                es: "La dirección respondió \(status), una redirección. No se siguen: anote la dirección final.")
        case 410:
            LocalizedText(
                en: "The address answered 410: nobody listens there any more.",
                es: "La dirección respondió 410: allí ya no escucha nadie.")
        default:
            LocalizedText(
                en: "The address answered \(status). It is to answer 2xx as soon as it has the event.",
                es: "La dirección respondió \(status). Debe responder 2xx en cuanto tenga el evento.")
        }
    }
}
