import Domain
import JWTKit
import Synchronization

/// A Salesforce org on loopback. The login host is at `/login`, My Domain at the root, and the instance, where the token's
/// answer sends its caller, at `/my`: who does not go where he is sent finds nothing.
/// Source: Salesforce, REST API Developer Guide, v66.0.
final class Salesforce: Simulator {
    let configuration: SandboxConfiguration
    let clock: SandboxClock
    let faults: FaultPlan
    let state: Mutex<SalesforceState>
    let tokens = Mutex(SalesforceTokens())
    let limits = Mutex(SalesforceLimits())
    /// What the JWT bearer flow's assertions are verified with: the certificate that was uploaded to the app.
    let certificate = Mutex<(any JWTAlgorithm)?>(nil)

    init(configuration: SandboxConfiguration, clock: SandboxClock, faults: FaultPlan) {
        self.configuration = configuration
        self.clock = clock
        self.faults = faults
        state = Mutex(SalesforceState(configuration, now: clock.now.milliseconds))
    }

    static let instancePath = "/salesforce/my"

    func answer(_ call: Call) -> Answer {
        switch call.segments.first {
        case "login": return login(call.dropping(1), at: .login)
        case "my": return instance(call.dropping(1))
        default: return login(call, at: .myDomain)
        }
    }

    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer {
        switch refusal {
        case .tokenDeath:
            if let token = call.bearerToken { tokens.withLock { $0.end(token) } }
            return SalesforceError.session.answer
        case .graphCode: return SalesforceError.plain(500).answer
        case .status(let status, let body, let retryAfter):
            let isOAuth = call.segments.contains("oauth2")
            var answer =
                body.map { Answer.text($0, status: status, type: $0.hasPrefix("[") ? "application/json" : "text/html") }
                ?? (isOAuth ? OAuthError.unavailable(status).answer : SalesforceError.plain(status).answer)
            if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
            return answer
        }
    }

    func reset() {
        let now = clock.now.milliseconds
        state.withLock { $0 = SalesforceState(configuration, now: now) }
        tokens.withLock { $0 = SalesforceTokens() }
        limits.withLock { $0 = SalesforceLimits() }
        certificate.withLock { $0 = nil }
    }

    private func instance(_ call: Call) -> Answer {
        let parts = call.segments
        if parts == ["services", "data"], call.method == .get { return SalesforceRequest.versionList }
        do throws(SalesforceError) {
            try authenticate(call)
            if parts == ["services", "oauth2", "userinfo"] { return userInfo(call) }
            guard parts.starts(with: ["services", "data"]) else { throw .notFound }
            let request = try SalesforceRequest(call, Array(parts.dropFirst(2)))
            let isOpen = limits.withLock {
                $0.count(at: request.now, isEnforced: faults.vendorLimits(of: .salesforce))
            }
            guard isOpen else { throw .limit }
            return withLimit(try dispatch(request))
        } catch {
            return withLimit(error.answer)
        }
    }

    private func withLimit(_ answer: Answer) -> Answer {
        var answer = answer
        answer.headers.append(limits.withLock { $0.header })
        return answer
    }

    private func authenticate(_ call: Call) throws(SalesforceError) {
        guard let token = call.bearerToken, tokens.withLock({ $0.use(token, at: call.now.milliseconds) }) else {
            throw .session
        }
    }

    func dispatch(_ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        let rest = Array(request.rest.dropFirst())
        switch request.rest.first {
        case "sobjects": return try rows(rest, request)
        case "composite": return try composite(rest, request)
        case "query": return try query(rest, request, includesDeleted: false)
        case "queryAll": return try query(rest, request, includesDeleted: true)
        case "search" where rest.isEmpty: return try search(request)
        case "limits" where rest.isEmpty: return .json(limits.withLock { $0.json })
        case "tooling": return try tooling(rest, request)
        default: throw .notFound
        }
    }

    /// Runs a piece of work on the state, under its lock.
    func withState<Result: Sendable>(
        _ work: (inout SalesforceState) throws(SalesforceError) -> Result
    ) throws(SalesforceError) -> Result {
        try state.withLock { (state) throws(SalesforceError) -> Result in try work(&state) }
    }
}
