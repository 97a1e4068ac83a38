import Domain
import OutboundHTTP

/// `POST {accounts}/oauth/v2/token` with a code of the API console. Refusals come with status 200 and an `error`.
/// Source: Zoho, "OAuth 2.0: Self Client".
struct ZohoCodeRequest {
    private static let deadline: Duration = .seconds(10)

    let accountsURL: String
    let clientID: String
    let clientSecret: String

    func send(_ code: String, with client: OutboundClient) async throws(CallFailure) -> String {
        let form = FormBody.text([
            ("grant_type", "authorization_code"), ("client_id", clientID), ("client_secret", clientSecret),
            ("code", code),
        ])
        let request = OutboundRequest(
            method: "POST", url: accountsURL + "/oauth/v2/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: Array(form.utf8), deadline: Self.deadline, destination: "zoho-accounts")
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: false, scope: .connection, destination: "Zoho")
        }
        return try refreshToken(in: response, secrets: [code, clientSecret])
    }

    func refreshToken(in response: OutboundResponse, secrets: [String]) throws(CallFailure) -> String {
        // An answer that is no JSON (a gateway's page) still has its status.
        let answer = try? WireJSON.decode(Answer.self, from: response.body)
        if response.isSuccess, let token = answer?.refresh_token, !token.isEmpty { return token }
        let word = answer?.error ?? "http-\(response.status)"
        let text = Redaction.text(answer?.error ?? "HTTP \(response.status)", secrets: secrets)
        switch (response.status, word) {
        case (_, "invalid_code"): throw ZohoAdvice.code(word, text)
        case (200..<300, _) where answer?.access_token != nil: throw ZohoAdvice.code("no-refresh-token", text)
        case (300..<400, _): throw ZohoAdvice.moved(word, text, .form)
        case (429, _), (500..., _): throw ZohoAdvice.away(word, text)
        case (404, _) where answer == nil: throw ZohoAdvice.notThere(word, text, .form)
        default: throw ZohoAdvice.credential(word, text, .form)
        }
    }

    // The vendor's spelling.
    private struct Answer: Decodable {
        let access_token: String?
        let refresh_token: String?
        let error: String?
    }
}
