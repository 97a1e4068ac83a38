import Domain
import OutboundHTTP
import WhatsApp

/// What is asked about a number.
struct NumberUnderCheck: Sendable {
    /// Its name in the configuration.
    let name: String
    let phoneNumberID: String
    let wabaID: String
    let displayNumber: String
    let accessToken: String
    /// Meta's id of the app that its webhooks should come to; nil when the configuration names none.
    let appID: String?
}

/// Asks Meta about one number: its token, the number itself, and whether webhooks come to us.
struct NumberCheck {
    enum Step: CaseIterable { case token, number, webhooks }

    let number: NumberUnderCheck
    let client: GraphClient

    func run(into report: inout CheckReport) async {
        report.add(await lines().map(\.line))
    }

    /// One line or more for each step that was reached; the first that cannot be asked ends the check.
    func lines() async -> [(step: Step, line: CheckLine)] {
        var lines: [(step: Step, line: CheckLine)] = []
        var step = Step.token
        do {
            let token = number.accessToken
            lines += tokenLines(try await client.checkToken(token)).map { (.token, $0) }
            step = .number
            lines += numberLines(try await client.phoneNumber(number.phoneNumberID, token: token)).map { (.number, $0) }
            step = .webhooks
            let apps = try await client.subscribedApps(wabaID: number.wabaID, token: token)
            lines.append((.webhooks, subscriptionLine(apps)))
        } catch {
            let cause = error.vendorText.isEmpty ? error.code : error.vendorText
            lines.append(
                (step, CheckLine(subject: subject, outcome: .failed(cause: .same(cause), remedy: error.advice))))
        }
        return lines
    }

    private var subject: String { "number \(number.name)" }

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
        guard let appID = number.appID, apps.contains(where: { $0.id == appID }) else {
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
            subject, en: "Its webhooks come to the app \(appID).",
            es: "Sus webhooks llegan a la aplicación \(appID).")
    }
}
