import Domain
import OutboundHTTP
import Synchronization

/// An access token, and where it is good.
struct ZohoAccess: Equatable, Sendable {
    let token: String
    /// Without a slash at its end.
    let apiURL: String
}

/// The one access token that all calls share: fetched when it is needed, renewed before it ends, and once more when
/// Zoho says that it is none any more. Zoho gives ten in ten minutes; nobody asks while somebody else does.
final class ZohoTokens: Sendable {
    /// Ended tokens cost a call each; a little before that they are replaced.
    private static let margin: Duration = .minutes(5)
    private static let mostRenewals = 8
    private static let renewalSpan: Duration = .minutes(10)

    private typealias Renewal = Task<Result<ZohoAccess, CallFailure>, Never>

    private struct State {
        var current: (access: ZohoAccess, renewAt: ContinuousClock.Instant)?
        var renewal: Renewal?
        var renewedAt: [ContinuousClock.Instant] = []
    }

    private let settings: ZohoSettings
    private let client: OutboundClient
    private let state = Mutex(State())

    init(settings: ZohoSettings, client: OutboundClient) {
        self.settings = settings
        self.client = client
    }

    /// Where calls go, as far as is known.
    var apiURL: String { state.withLock { $0.current?.access.apiURL } ?? settings.apiURL }

    /// For keeping secrets out of texts.
    var secrets: [String] {
        [settings.refreshToken, settings.clientSecret]
            + (state.withLock { $0.current?.access.token }.map { [$0] } ?? [])
    }

    /// - Parameter dead: what Zoho no longer accepts; a newer one is given, fetched if need be.
    func access(
        replacing dead: ZohoAccess? = nil, now: ContinuousClock.Instant = .now
    ) async throws(CallFailure)
        -> ZohoAccess
    {
        enum Step {
            case known(ZohoAccess), coming(Renewal), tooMany(Duration)
        }
        let step: Step = state.withLock { state in
            if let current = state.current, current.access != dead, current.renewAt > now {
                return .known(current.access)
            }
            if let renewal = state.renewal { return .coming(renewal) }
            state.renewedAt.removeAll { now - $0 >= Self.renewalSpan }
            if state.renewedAt.count >= Self.mostRenewals, let first = state.renewedAt.first {
                return .tooMany(Self.renewalSpan - (now - first))
            }
            state.renewedAt.append(now)
            // Of nobody's task: who asked first may be cancelled while others wait for the same answer.
            let renewal = Renewal { await self.renew() }
            state.renewal = renewal
            return .coming(renewal)
        }
        switch step {
        case .known(let access): return access
        case .coming(let renewal): return try await renewal.value.get()
        case .tooMany(let wait): throw ZohoAdvice.tooManyTokens(after: wait, "")
        }
    }

    private func renew() async -> Result<ZohoAccess, CallFailure> {
        let request = ZohoTokenRequest(settings: settings)
        let result: Result<ZohoTokenRequest.Grant, CallFailure>
        do throws(CallFailure) {
            result = .success(try await request.send(with: client))
        } catch {
            result = .failure(error)
        }
        return state.withLock { state in
            state.renewal = nil
            if case .failure(let failure) = result, failure.leavesNoToken { _ = state.renewedAt.popLast() }
            return result.map { grant in
                let life = max(.seconds(30), grant.life - Self.margin)
                state.current = (grant.access, ContinuousClock.now + life)
                return grant.access
            }
        }
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
