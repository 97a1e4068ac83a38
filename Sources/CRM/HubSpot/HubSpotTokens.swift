import Domain
import OutboundHTTP
import Synchronization

/// What calls are authorised with: the token as it was written, or one that is got with the refresh token.
struct HubSpotTokens: Sendable {
    /// Ended tokens cost a call each; a little before that they are replaced.
    private static let margin: Duration = .minutes(5)

    private enum Source: Sendable {
        case fixed(String)
        case renewed(AccessKeeper<String>)
    }

    private let source: Source
    private let lasting: [String]

    init(settings: HubSpotSettings, client: OutboundClient) {
        switch settings.credential {
        case .token(let token):
            source = .fixed(token)
            lasting = [token]
        case .oauth(let clientID, let clientSecret, let refreshToken):
            let request = HubSpotTokenRequest(
                url: settings.baseURL + HubSpotPaths(version: settings.version).token, clientID: clientID,
                clientSecret: clientSecret, place: settings.place)
            source = .renewed(Self.keeper(request, HubSpotRefreshToken(refreshToken), client))
            lasting = [clientSecret, refreshToken]
        }
    }

    private static func keeper(
        _ request: HubSpotTokenRequest, _ refreshToken: HubSpotRefreshToken, _ client: OutboundClient
    ) -> AccessKeeper<String> {
        AccessKeeper { () async throws(CallFailure) -> AccessKeeper<String>.Grant in
            let grant = try await request.send(.refreshToken(refreshToken.text), with: client)
            refreshToken.follow(grant)
            let life = max(.seconds(30), grant.life - Self.margin)
            return AccessKeeper<String>.Grant(access: grant.accessToken, renewAt: ContinuousClock.now + life)
        }
    }

    /// Another one can be had when HubSpot no longer accepts the one in use.
    var areRenewed: Bool {
        switch source {
        case .fixed: false
        case .renewed: true
        }
    }

    /// For keeping secrets out of texts.
    var secrets: [String] {
        switch source {
        case .fixed: lasting
        case .renewed(let keeper): lasting + (keeper.current.map { [$0] } ?? [])
        }
    }

    /// - Parameter dead: what HubSpot no longer accepts; a newer one is given, fetched if need be.
    func token(replacing dead: String? = nil) async throws(CallFailure) -> String {
        switch source {
        case .fixed(let token): token
        case .renewed(let keeper): try await keeper.access(replacing: dead)
        }
    }
}

/// HubSpot gives the same refresh token with every answer. Should it ever give another, the next renewal takes that one;
/// it is not kept beyond this process.
private final class HubSpotRefreshToken: Sendable {
    private let latest: Mutex<String>

    init(_ text: String) {
        latest = Mutex(text)
    }

    var text: String { latest.withLock { $0 } }

    func follow(_ grant: HubSpotTokenRequest.Grant) {
        guard let newer = grant.refreshToken, !newer.isEmpty else { return }
        latest.withLock { $0 = newer }
    }
}
