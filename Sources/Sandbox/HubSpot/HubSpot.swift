import Domain
import Foundation
import NIOCore
import Synchronization

/// HubSpot's CRM API on loopback, in both styles of path: `/crm/v3/objects/…` and `/crm/objects/2026-09/…`.
/// Source: HubSpot's published OpenAPI files and API guides, 2026-09.
final class HubSpot: Simulator {
    let configuration: SandboxConfiguration
    let clock: SandboxClock
    let faults: FaultPlan
    let office: WebhookOffice
    let state: Mutex<HubSpotState>
    private let limits: Mutex<HubSpotLimits>

    init(configuration: SandboxConfiguration, clock: SandboxClock, faults: FaultPlan, office: WebhookOffice) {
        self.configuration = configuration
        self.clock = clock
        self.faults = faults
        self.office = office
        state = Mutex(HubSpotState(configuration))
        limits = Mutex(HubSpotLimits())
    }

    func answer(_ call: Call) -> Answer {
        if call.segments.first == "oauth" { return oauth(call.dropping(1)) }
        do {
            try authenticate(call)
            let route = try HubSpotRoute(call)
            let headers = try countCall(isSearch: route.isSearch, at: call.now)
            var answer = try dispatch(route, call)
            answer.headers += headers
            return answer
        } catch {
            return error.answer
        }
    }

    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer {
        switch refusal {
        case .tokenDeath where call.segments.first == "oauth":
            return HubSpotGrantError.refreshToken.answer(isNew: call.segments.dropFirst().first != "v1")
        case .tokenDeath: return HubSpotError.deadToken.answer
        case .graphCode: return HubSpotError(status: 500, category: "ERROR", message: "internal error").answer
        case .status(429, let body, let retryAfter):
            return Self.withRetry(
                body.map { .text($0, status: 429) } ?? HubSpotLimits.refusal("TEN_SECONDLY_ROLLING"), retryAfter)
        case .status(let status, let body, let retryAfter):
            let plain = HubSpotError(status: status, category: "ERROR", message: "asked for by a fault of the sandbox")
            return Self.withRetry(body.map { .text($0, status: status, type: "text/html") } ?? plain.answer, retryAfter)
        }
    }

    func reset() {
        state.withLock { $0 = HubSpotState(configuration) }
        limits.withLock { $0 = HubSpotLimits() }
    }

    /// The fewest calls that callers ever left of the ten-second limit while it was in force.
    var leastCallsLeft: Int? { limits.withLock { $0.leastLeft } }

    private static func withRetry(_ answer: Answer, _ seconds: Int?) -> Answer {
        guard let seconds else { return answer }
        var answer = answer
        answer.headers.append(("Retry-After", String(seconds)))
        return answer
    }

    private func authenticate(_ call: Call) throws(HubSpotError) {
        guard let token = call.bearerToken else { throw .noToken }
        if WebhookSignature.isEqual(token, configuration.accessToken) { return }
        switch state.withLock({ $0.tokens.standing(of: token, at: call.now.milliseconds) }) {
        case .good: return
        case .ended: throw .deadToken
        case .unknown: throw .noToken
        }
    }

    private func countCall(isSearch: Bool, at now: Timestamp) throws(HubSpotError) -> [(name: String, value: String)] {
        guard faults.vendorLimits(of: .hubspot) else { return [] }
        return try limits.withLock { limits throws(HubSpotError) in try limits.count(isSearch: isSearch, at: now) }
    }

    private func dispatch(_ route: HubSpotRoute, _ call: Call) throws(HubSpotError) -> Answer {
        switch route {
        case .objects(let type, let rest): return try objects(type, rest, call)
        case .associations(let from, let to, let rest): return try associations(from, to, rest, call)
        case .properties(let type, let rest): return try properties(type, rest, call)
        case .owners(let id): return try owners(id, call)
        case .account: return account
        }
    }

    private var account: Answer {
        .json([
            "portalId": JSON(configuration.portalID), "accountType": "STANDARD", "timeZone": "Europe/Madrid",
            "companyCurrency": "EUR", "additionalCurrencies": [], "utcOffset": "+01:00",
            "utcOffsetMilliseconds": 3_600_000, "uiDomain": "app-eu1.hubspot.com", "dataHostingLocation": "eu1",
        ])
    }

    /// Runs a piece of work on the state, under its lock.
    func withState<Result: Sendable>(
        _ work: (inout HubSpotState) throws(HubSpotError) -> Result
    ) throws(HubSpotError) -> Result {
        try state.withLock { (state) throws(HubSpotError) -> Result in try work(&state) }
    }

    static func body(_ call: Call) throws(HubSpotError) -> JSON {
        if call.body.readableBytes == 0 { return [:] }
        do {
            return try call.json()
        } catch {
            throw .validation("Invalid input JSON on line 1, column \(error.offset): \(error.message)")
        }
    }

    static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { String($0).trimmingCharacters(in: .whitespaces) }
    }
}
