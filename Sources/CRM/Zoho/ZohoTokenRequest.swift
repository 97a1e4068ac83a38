import Domain
import OutboundHTTP

/// `POST {accounts}/oauth/v2/token` with the refresh token.
///
/// Zoho's refusals come with status 200 and an `error`. Too many requests are answered with 400, "Access Denied" and a
/// sentence, both in the account's language: then the word is not looked at.
/// Source: Zoho, "OAuth 2.0: refresh access tokens".
struct ZohoTokenRequest {
    struct Grant: Sendable {
        let access: ZohoAccess
        let life: Duration
    }

    private static let deadline: Duration = .milliseconds(3500)

    let settings: ZohoSettings

    func send(with client: OutboundClient) async throws(CallFailure) -> Grant {
        let request = OutboundRequest(
            method: "POST", url: settings.accountsURL + "/oauth/v2/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: Array(form.utf8), deadline: Self.deadline, destination: "zoho-accounts")
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: true, scope: .connection, destination: "Zoho")
        }
        return try grant(in: response)
    }

    func grant(in response: OutboundResponse) throws(CallFailure) -> Grant {
        // An answer that is no JSON (a gateway's page) still has its status.
        let answer = try? WireJSON.decode(Answer.self, from: response.body)
        if response.isSuccess, let token = answer?.access_token, !token.isEmpty {
            let access = ZohoAccess(token: token, apiURL: apiURL(answer?.api_domain))
            return Grant(access: access, life: .seconds(min(max(60, answer?.expires_in ?? 3600), 86_400)))
        }
        throw failure(answer, response)
    }

    /// What Zoho says, as long as it leads to Zoho (or to where the operator sent us anyway): tokens are shown there.
    private func apiURL(_ said: String?) -> String {
        guard !settings.isAPIFixed, let said, let address = WebAddress(said), !address.rest.contains("?"),
            ZohoDataCenter.isAPI(address) || isBesideAccounts(address)
        else { return settings.apiURL }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        return url
    }

    /// The sandbox has both on one port.
    private func isBesideAccounts(_ address: WebAddress) -> Bool {
        guard let accounts = WebAddress(settings.accountsURL) else { return false }
        return accounts.isSecure == address.isSecure && accounts.host == address.host && accounts.port == address.port
    }

    private func failure(_ answer: Answer?, _ response: OutboundResponse) -> CallFailure {
        let code = answer?.error ?? "http-\(response.status)"
        let words = [answer?.error, answer?.error_description].compactMap { $0 }.joined(separator: ": ")
        let text = Redaction.text(
            words.isEmpty ? "HTTP \(response.status)" : words, secrets: [settings.refreshToken, settings.clientSecret])
        switch (response.status, code) {
        case (429, _),
            (400, _) where answer?.error_description != nil && !Self.isOfSettings(code):
            return ZohoAdvice.tooManyTokens(after: response.retryAfter ?? .minutes(5), text)
        case (_, "general_error"), (500..., _): return ZohoAdvice.away(code, text)
        case (300..<400, _): return ZohoAdvice.moved(code, text, settings.place)
        case (404, _) where answer == nil: return ZohoAdvice.notThere(code, text, settings.place)
        default: return ZohoAdvice.credential(code, text, settings.place)
        }
    }

    private static func isOfSettings(_ code: String) -> Bool { code.hasPrefix("invalid_") }

    private var form: String {
        FormBody.text([
            ("grant_type", "refresh_token"), ("client_id", settings.clientID),
            ("client_secret", settings.clientSecret), ("refresh_token", settings.refreshToken),
        ])
    }

    // The vendor's spelling.
    private struct Answer: Decodable {
        let access_token: String?
        let api_domain: String?
        let expires_in: Int?
        let error: String?
        let error_description: String?
    }
}
