import Domain
import OutboundHTTP
import Synchronization

/// An access token, and where it is good.
struct ZohoAccess: Equatable, Sendable {
    let token: String
    /// Without a slash at its end.
    let apiURL: String
}

/// The access token, as long as Zoho gives any: ten in ten minutes.
struct ZohoTokens: Sendable {
    /// Ended tokens cost a call each; a little before that they are replaced.
    private static let margin: Duration = .minutes(5)

    private let settings: ZohoSettings
    private let keeper: AccessKeeper<ZohoAccess>

    init(settings: ZohoSettings, client: OutboundClient) {
        let budget = ZohoTokenBudget()
        self.settings = settings
        keeper = AccessKeeper { () async throws(CallFailure) -> AccessKeeper<ZohoAccess>.Grant in
            try budget.take()
            do throws(CallFailure) {
                let grant = try await ZohoTokenRequest(settings: settings).send(with: client)
                let life = max(.seconds(30), grant.life - Self.margin)
                return AccessKeeper<ZohoAccess>.Grant(access: grant.access, renewAt: ContinuousClock.now + life)
            } catch {
                if error.leavesNoToken { budget.giveBack() }
                throw error
            }
        }
    }

    /// Where calls go, as far as is known.
    var apiURL: String { keeper.current?.apiURL ?? settings.apiURL }

    /// For keeping secrets out of texts.
    var secrets: [String] {
        [settings.refreshToken, settings.clientSecret] + (keeper.current.map { [$0.token] } ?? [])
    }

    /// - Parameter dead: what Zoho no longer accepts; a newer one is given, fetched if need be.
    func access(replacing dead: ZohoAccess? = nil) async throws(CallFailure) -> ZohoAccess {
        try await keeper.access(replacing: dead)
    }
}

/// How many tokens were asked for lately: fewer than Zoho gives, since others may use the same refresh token.
private final class ZohoTokenBudget: Sendable {
    private static let most = 8
    private static let span: Duration = .minutes(10)

    private let taken = Mutex<[ContinuousClock.Instant]>([])

    /// - Throws: `too-many-tokens`, with how long to wait.
    func take(now: ContinuousClock.Instant = .now) throws(CallFailure) {
        let wait: Duration? = taken.withLock { moments in
            moments.removeAll { now - $0 >= Self.span }
            if moments.count >= Self.most, let first = moments.first { return Self.span - (now - first) }
            moments.append(now)
            return nil
        }
        if let wait { throw ZohoAdvice.tooManyTokens(after: wait, "") }
    }

    func giveBack() {
        taken.withLock { moments in _ = moments.popLast() }
    }
}

extension CallFailure {
    /// A token was certainly not given: then asking for it counts for nothing, and a server that was away for a while keeps
    /// nobody waiting when it is back.
    fileprivate var leavesNoToken: Bool {
        switch kind {
        case .unreachable, .accountWide, .permanent: true
        case .transient: code != "no-answer"
        case .throttled, .unknown: false
        }
    }
}
