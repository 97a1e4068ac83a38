import Domain
import OutboundHTTP

/// `POST /oauth/2026-09/token`, a form: an access token for a refresh token, or both for a code of the authorisation
/// page, which is good once and for minutes.
///
/// Refusals are 400 and name themselves in `status` (`BAD_REFRESH_TOKEN`) or, in the newer versions, in `error`
/// (`invalid_grant`).
/// Source: HubSpot, "Managing OAuth tokens", and its published schemas.
struct HubSpotTokenRequest: Sendable {
    enum Basis: Sendable {
        case refreshToken(String)
        /// The address is as it was in that of the authorisation page.
        case code(String, redirectURL: String)
    }

    struct Grant: Equatable, Sendable {
        let accessToken: String
        let refreshToken: String?
        let life: Duration
    }

    private static let deadline: Duration = .milliseconds(3500)
    /// HubSpot warns that tokens grow; no header line holds more.
    private static let mostTokenBytes = 8 << 10

    let url: String
    let clientID: String
    let clientSecret: String
    var place = SettingsPlace.unnamed

    func send(_ basis: Basis, with client: OutboundClient) async throws(CallFailure) -> Grant {
        let request = OutboundRequest(
            method: "POST", url: url,
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: Array(FormBody.text(fields(basis)).utf8), deadline: Self.deadline, destination: "hubspot-oauth")
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: true, scope: .connection, destination: "HubSpot")
        }
        return try grant(in: response, for: basis)
    }

    func grant(in response: OutboundResponse, for basis: Basis) throws(CallFailure) -> Grant {
        // An answer that is no JSON (a gateway's page) still has its status.
        let answer = try? WireJSON.decode(Answer.self, from: response.body)
        if response.isSuccess, let token = answer?.access_token, Self.isToken(token) {
            return Grant(
                accessToken: token, refreshToken: answer?.refresh_token.flatMap { Self.isToken($0) ? $0 : nil },
                life: .seconds(min(max(60, answer?.expires_in ?? 1800), 86_400)))
        }
        throw failure(answer, response, basis)
    }

    private func failure(_ answer: Answer?, _ response: OutboundResponse, _ basis: Basis) -> CallFailure {
        let code = answer?.code ?? "http-\(response.status)"
        let text = Redaction.text(
            answer?.words ?? "HTTP \(response.status)", secrets: [clientSecret, basis.secret])
        switch response.status {
        case 200..<300: return HubSpotAdvice.notThere("unreadable-token", text, place)
        case 300..<400: return HubSpotAdvice.moved(code, text, place)
        case 404 where answer?.code == nil: return HubSpotAdvice.notThere(code, text, place)
        case 429: return HubSpotAdvice.noTokens(after: response.retryAfter ?? .seconds(10), code, text)
        case 500...: return HubSpotAdvice.noTokens(after: response.retryAfter, code, text)
        default: return refusal(code, text, basis)
        }
    }

    private func refusal(_ code: String, _ text: String, _ basis: Basis) -> CallFailure {
        if code.uppercased().contains("CLIENT") { return HubSpotAdvice.client(code, text, place) }
        return switch basis {
        case .refreshToken: HubSpotAdvice.refreshToken(code, text, place)
        case .code: HubSpotAdvice.code(code, text)
        }
    }

    private func fields(_ basis: Basis) -> [(String, String)] {
        let app = [("client_id", clientID), ("client_secret", clientSecret)]
        return switch basis {
        case .refreshToken(let token): [("grant_type", "refresh_token"), ("refresh_token", token)] + app
        case .code(let code, let redirectURL):
            [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURL)] + app
        }
    }

    private static func isToken(_ text: String) -> Bool {
        (1...mostTokenBytes).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    // The vendor's spelling.
    private struct Answer: Decodable {
        let access_token: String?
        let refresh_token: String?
        let expires_in: Int?
        let status: String?
        let error: String?
        let message: String?
        let error_description: String?

        var code: String? { error ?? status }
        var words: String? { message ?? error_description ?? error }
    }
}

extension HubSpotTokenRequest.Basis {
    fileprivate var secret: String {
        switch self {
        case .refreshToken(let token): token
        case .code(let code, _): code
        }
    }
}
