import Domain
import OutboundHTTP
import WhatsApp

/// Asks Meta about one number: its token, the number itself, and whether webhooks come to us.
struct NumberCheck {
    let name: String
    let number: Configuration.Number
    let app: Configuration.App?
    let client: GraphClient
    let now: Timestamp

    func run(into report: inout CheckReport) async {
        let token = number.accessToken.value
        do {
            report.add(tokenLines(try await client.checkToken(token)))
            report.add(numberLines(try await client.phoneNumber(number.phoneNumberID, token: token)))
            report.add(subscriptionLine(try await client.subscribedApps(wabaID: number.wabaID, token: token)))
        } catch {
            let cause = error.vendorText.isEmpty ? error.code : error.vendorText
            report.add(CheckLine(subject: subject, outcome: .failed(cause: .same(cause), remedy: error.advice)))
        }
    }

    private var subject: String { "number \(name)" }

    private func tokenLines(_ token: TokenInfo) -> [CheckLine] {
        guard token.isValid else {
            let reason = token.problem.map { " (\($0))" } ?? ""
            return [
                .failed(
                    subject, en: "The access token is not valid\(reason): make a new one and put it into access_token.",
                    es: "El token de acceso no es válido\(reason): cree uno nuevo y póngalo en access_token.")
            ]
        }
        var lines: [CheckLine] = []
        if !token.missingScopes.isEmpty {
            let missing = token.missingScopes.joined(separator: ", ")
            lines.append(
                .failed(
                    subject, en: "The access token lacks \(missing): make one that has them.",
                    es: "Al token de acceso le falta \(missing): cree uno que lo tenga."))
        }
        if let ends = token.expiresAt {
            lines.append(
                .warned(
                    subject, en: "The access token ends at \(ends.text): a system user's token need not end.",
                    es: "El token de acceso termina el \(ends.text): el de un usuario del sistema puede no caducar."))
        }
        return lines.isEmpty
            ? [.passed(subject, en: "The access token is valid.", es: "El token de acceso es válido.")] : lines
    }

    private func numberLines(_ info: PhoneNumberInfo) -> [CheckLine] {
        let shown = [info.displayNumber, info.verifiedName, info.qualityRating.map { "quality \($0)" }]
            .compactMap(\.self).joined(separator: ", ")
        var lines = [CheckLine(subject: subject, outcome: .passed(.same(shown.isEmpty ? info.id : shown)))]
        let digits = number.displayNumber.filter(\.isNumber)
        if let theirs = info.displayNumber?.filter(\.isNumber), theirs != digits {
            lines.append(
                .warned(
                    subject, en: "display_number is \(number.displayNumber), Meta says \(info.displayNumber ?? "").",
                    es: "display_number es \(number.displayNumber); Meta dice \(info.displayNumber ?? "")."))
        }
        if info.canSendMessage == "BLOCKED" || info.canSendMessage == "LIMITED" {
            let why = info.healthProblems.joined(separator: " ")
            lines.append(
                .failed(
                    subject,
                    en: "Meta lets it send \(info.canSendMessage == "BLOCKED" ? "nothing" : "in part only"). \(why)",
                    es:
                        "Meta \(info.canSendMessage == "BLOCKED" ? "no le deja enviar nada" : "le deja enviar solo en parte"). \(why)"
                ))
        }
        return lines
    }

    /// Without it no webhooks come: the most common gap.
    private func subscriptionLine(_ apps: [SubscribedApp]) -> CheckLine {
        guard let app, apps.contains(where: { $0.id == app.appID }) else {
            let others = apps.map { $0.name ?? $0.id }.joined(separator: ", ")
            let seen = others.isEmpty ? ("none is", "no lo está ninguna") : ("only \(others)", "solo \(others)")
            return .failed(
                subject,
                en:
                    "The app is not subscribed to the account \(number.wabaID) (\(seen.0)): no webhooks come. POST /\(number.wabaID)/subscribed_apps mends it.",
                es:
                    "La aplicación no está suscrita a la cuenta \(number.wabaID) (\(seen.1)): no llegan webhooks. POST /\(number.wabaID)/subscribed_apps lo arregla."
            )
        }
        return .passed(
            subject, en: "Its webhooks come to the app \(app.appID).",
            es: "Sus webhooks llegan a la aplicación \(app.appID).")
    }
}
