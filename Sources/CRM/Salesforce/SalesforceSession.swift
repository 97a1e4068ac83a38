import Domain
import OutboundHTTP

/// The session in use, one for all calls.
struct SalesforceSession: Sendable {
    private let keeper: AccessKeeper<SalesforceAccess>

    init(settings: SalesforceSettings, client: OutboundClient, now: @escaping @Sendable () -> Timestamp) {
        let login = SalesforceLogin(settings: settings, client: client, now: now)
        keeper = AccessKeeper { () async throws(CallFailure) -> AccessKeeper<SalesforceAccess>.Grant in
            let access = try await login.fetch()
            return AccessKeeper<SalesforceAccess>.Grant(access: access, renewAt: access.renewAt)
        }
    }

    /// - Parameter stale: a session that Salesforce does not take any more: another one is wanted.
    func access(insteadOf stale: SalesforceAccess? = nil) async throws(CallFailure) -> SalesforceAccess {
        try await keeper.access(replacing: stale)
    }
}

/// Begins a session, by whichever of the two ways the settings have.
private struct SalesforceLogin: Sendable {
    /// Salesforce does not say when a session ends: two hours without a call, where nobody set another time. One that ended
    /// early is found out by the answer to a call.
    private static let lifetime: Duration = .minutes(55)
    private static let deadline: Duration = .seconds(10)

    let settings: SalesforceSettings
    let client: OutboundClient
    let now: @Sendable () -> Timestamp

    func fetch() async throws(CallFailure) -> SalesforceAccess {
        let request = OutboundRequest(
            method: "POST", url: settings.baseURL + "/services/oauth2/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json")],
            body: Array(FormBody.text(try await form()).utf8), deadline: Self.deadline, destination: "salesforce")
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: true, scope: .connection, destination: "Salesforce")
        }
        let secret = settings.credential.secret
        guard response.isSuccess else {
            throw SalesforceLoginFailure(secret: secret, place: settings.place).failure(response)
        }
        return try read(response)
    }

    private func form() async throws(CallFailure) -> [(String, String)] {
        switch settings.credential {
        case .clientCredentials(let secret):
            return [
                ("grant_type", "client_credentials"), ("client_id", settings.clientID), ("client_secret", secret),
            ]
        case .jwtBearer(let username, let privateKey, let audience):
            let claims = SalesforceAssertion(
                clientID: settings.clientID, username: username, audience: audience, now: now())
            do {
                let assertion = try await claims.signed(with: privateKey)
                return [
                    ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion),
                ]
            } catch {
                throw SalesforceAdvice.credential("private-key", "the key cannot sign", settings.place)
            }
        }
    }

    private func read(_ response: OutboundResponse) throws(CallFailure) -> SalesforceAccess {
        let answer: SalesforceTokenAnswer
        do {
            answer = try WireJSON.decode(from: response.body)
        } catch {
            throw SalesforceAdvice.notThere("unreadable-token", error.text, settings.place)
        }
        guard let address = WebAddress(answer.instance_url), !address.rest.contains("?") else {
            throw SalesforceAdvice.notThere("unreadable-token", "instance_url is no web address", settings.place)
        }
        var url = address.url
        while url.last == "/" { url.removeLast() }
        let told = answer.expires_in?.text.flatMap { Int($0) }.map { Duration.seconds(min(max(90, $0), 86_400) - 60) }
        return SalesforceAccess(
            token: answer.access_token, instanceURL: url, userID: answer.userID,
            renewAt: ContinuousClock.now + min(told ?? Self.lifetime, Self.lifetime))
    }
}
