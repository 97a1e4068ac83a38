import Domain
import OutboundHTTP
import WhatsApp

/// Whether what happens at Meta comes to us.
extension NumberCheck {
    /// Without it an app gets no messages at all.
    private static let essentialField = "messages"
    /// What README, step 5, has subscribed beside messages.
    private static let otherFields = [
        "account_update", "account_alerts", "business_capability_update", "message_template_status_update",
        "message_template_quality_update", "template_category_update", "phone_number_quality_update",
        "phone_number_name_update", "user_preferences",
    ]

    /// Without it no webhooks come: the most common gap.
    func subscriptionLine(_ apps: [SubscribedApp]) -> CheckLine {
        guard let app = number.app, apps.contains(where: { $0.id == app.id }) else {
            let others = apps.map { $0.name ?? $0.id }.joined(separator: ", ")
            let seen = others.isEmpty ? ("none is", "no lo está ninguna") : ("only \(others)", "solo \(others)")
            return .failed(
                subject,
                en: "The app is not subscribed to the account \(number.wabaID) (\(seen.0)): no webhooks come. POST "
                    + "/\(number.wabaID)/subscribed_apps mends it (README, step 6).",
                es: "La aplicación no está suscrita a la cuenta \(number.wabaID) (\(seen.1)): no llegan webhooks. POST "
                    + "/\(number.wabaID)/subscribed_apps lo arregla (README, paso 6).")
        }
        return .passed(
            subject, en: "Its webhooks come to the app \(app.id).", es: "Sus webhooks llegan a la aplicación \(app.id)."
        )
    }

    // MARK: What the app is told, and where

    /// - Parameter override: where the number's webhooks go instead, if it or its account says so.
    func webhookLines(override: String?) async -> [CheckLine] {
        guard let app = number.app else { return [] }
        do throws(CallFailure) {
            let all = try await client.appSubscriptions(appID: app.id, appSecret: app.secret)
            return webhookLines(all, override: override)
        } catch {
            guard error.kind == .accountWide else { return [failure(error)] }
            return [
                .failed(
                    subject,
                    en:
                        "Meta does not accept app_id and app_secret of whatsapp.apps.\(app.name): compare both with App "
                        + "settings > Basic.",
                    es:
                        "Meta no acepta app_id y app_secret de whatsapp.apps.\(app.name): compárelos con App settings > "
                        + "Basic.")
            ]
        }
    }

    func webhookLines(_ all: [AppSubscription], override: String?) -> [CheckLine] {
        let ours = all.filter { $0.object == AppSubscription.whatsApp && $0.isActive }
        guard !ours.isEmpty else {
            return [
                .failed(
                    subject,
                    en:
                        "The app has no webhooks: enter the callback URL \(shownCallback) and the verify token (README, "
                        + "step 5).",
                    es: "La aplicación no tiene webhooks: indique la URL de devolución \(shownCallback) y el token de "
                        + "verificación (README, paso 5).")
            ]
        }
        let fields = ours.reduce(into: Set<String>()) { $0.formUnion($1.fields) }
        return [fieldLine(fields), callbackLine(override.map { [$0] } ?? ours.compactMap(\.callbackURL))]
            .compactMap(\.self)
    }

    private func fieldLine(_ fields: Set<String>) -> CheckLine? {
        guard fields.contains(Self.essentialField) else {
            return .failed(
                subject,
                en: "The app is not subscribed to the webhook field messages, so no messages come (README, step 5).",
                es: "La aplicación no está suscrita al campo de webhook messages: no llegan mensajes (README, paso 5).")
        }
        let missing = Self.otherFields.filter { !fields.contains($0) }
        guard !missing.isEmpty else { return nil }
        let list = missing.joined(separator: ", ")
        return .warned(
            subject,
            en:
                "The app is not subscribed to the webhook fields \(list): what they tell is learned late or never (README, "
                + "step 5).",
            es: "La aplicación no está suscrita a los campos de webhook \(list): lo que avisan se sabe tarde o nunca "
                + "(README, paso 5).")
    }

    private func callbackLine(_ addresses: [String]) -> CheckLine? {
        let wanted = [number.callback, number.bareCallback].compactMap(\.self)
        guard !wanted.isEmpty else { return nil }
        let found = addresses.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        if let right = found.first(where: wanted.contains) {
            return .passed(subject, en: "Meta calls \(right).", es: "Meta llama a \(right).")
        }
        let seen = found.joined(separator: ", ")
        return .failed(
            subject,
            en:
                "Meta sends the webhooks to \(seen), not to \(shownCallback): change the callback URL (README, step 5), or "
                + "server.public_url.",
            es:
                "Meta envía los webhooks a \(seen) y no a \(shownCallback): cambie la URL de devolución (README, paso 5) o "
                + "server.public_url.")
    }

    private var shownCallback: String { number.callback ?? "/webhooks/whatsapp" }

    // MARK: Whether we answer there

    /// Asks our own address as Meta does when a callback is entered. Nil when nobody said which it is.
    func addressLine() async -> CheckLine? {
        guard let callback = number.callback, let app = number.app else { return nil }
        if isBeyondMeta(callback) {
            return .warned(
                subject,
                en: "Meta cannot reach \(callback): server.public_url has to be an https address of the internet.",
                es:
                    "Meta no puede llegar a \(callback): server.public_url tiene que ser una dirección https de internet."
            )
        }
        let challenge = "puente-check"
        let query = "hub.mode=subscribe&hub.challenge=\(challenge)&hub.verify_token=\(Self.escaped(app.verifyToken))"
        do throws(TransportFailure) {
            let answer = try await http.send(
                OutboundRequest(
                    method: "GET", url: "\(callback)?\(query)", deadline: .milliseconds(3500),
                    maxResponseBytes: 64 << 10,
                    destination: "self"))
            let isOurs = answer.isSuccess && answer.body == Array(challenge.utf8)
            return isOurs ? answers(at: callback) : strangeAnswer(answer.status, at: callback)
        } catch {
            return .warned(
                subject,
                en:
                    "Nobody answers at \(callback) as seen from here. Start Puente; then look at the name, the certificate "
                    + "and the proxy (docs/operations.md). Meta must reach it.",
                es: "Nadie contesta en \(callback) visto desde aquí. Arranque Puente; después revise el nombre, el "
                    + "certificado y el proxy (docs/operations.md). Meta tiene que llegar ahí.")
        }
    }

    private func answers(at callback: String) -> CheckLine {
        .passed(
            subject, en: "Puente answers at \(callback) and knows the verify token.",
            es: "Puente contesta en \(callback) y conoce el token de verificación.")
    }

    private func strangeAnswer(_ status: Int, at callback: String) -> CheckLine {
        switch status {
        case 502...504:
            .warned(
                subject,
                en: "The proxy at \(callback) does not reach Puente (HTTP \(status)): start it, or correct the proxy.",
                es: "El proxy de \(callback) no llega a Puente (HTTP \(status)): arránquelo o corrija el proxy.")
        case 403:
            .failed(
                subject,
                en: "What answers at \(callback) has another verify_token: restart Puente with this configuration.",
                es: "Lo que contesta en \(callback) tiene otro verify_token: reinicie Puente con esta configuración.")
        default:
            .failed(
                subject,
                en:
                    "What answers at \(callback) is not Puente with this configuration (HTTP \(status)): check the proxy and "
                    + "server.public_url.",
                es:
                    "Lo que contesta en \(callback) no es Puente con esta configuración (HTTP \(status)): revise el proxy y "
                    + "server.public_url.")
        }
    }

    /// Meta's own servers are in the internet; a sandbox is where we are.
    private func isBeyondMeta(_ callback: String) -> Bool {
        guard let ours = WebAddress(callback) else { return false }
        return PlainHTTP.isPrivate(host: ours.host) && !number.isMetaSimulated
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = byte < 128 && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
