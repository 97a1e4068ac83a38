import Domain
import OutboundHTTP
import WhatsApp

/// Asks Meta about one number, the whole way: its token, the number itself, what the app is told and where, and whether
/// we answer there. Each finding is a line with its remedy.
struct NumberCheck {
    enum Step: CaseIterable { case token, number, webhooks, address }

    typealias StepLine = (step: Step, line: CheckLine)

    let number: NumberUnderCheck
    let client: GraphClient
    /// Calls our own address from outside.
    let http: OutboundClient

    var subject: String { "number \(number.name)" }

    func run(into report: inout CheckReport) async {
        report.add(await lines().map(\.line))
    }

    /// One line or more for each step that was reached. Without a token nothing else of Meta's can be asked.
    func lines() async -> [StepLine] {
        var lines: [StepLine] = []
        var step = Step.token
        do throws(CallFailure) {
            let token = number.accessToken
            lines += tokenLines(try await client.checkToken(token)).map { (.token, $0) }
            step = .number
            let info = try await client.phoneNumber(number.phoneNumberID, token: token)
            lines += numberLines(info).map { (.number, $0) }
            step = .webhooks
            let apps = try await client.subscribedApps(wabaID: number.wabaID, token: token)
            lines.append((.webhooks, subscriptionLine(apps)))
            lines += await webhookLines(override: info.callbackOverride).map { (.webhooks, $0) }
        } catch {
            lines.append((step, failure(error)))
        }
        if let address = await addressLine() { lines.append((.address, address)) }
        return lines
    }

    func failure(_ error: CallFailure) -> CheckLine {
        CheckLine(subject: subject, outcome: .failed(cause: error.cause, remedy: error.advice))
    }

    // MARK: Token

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
}
