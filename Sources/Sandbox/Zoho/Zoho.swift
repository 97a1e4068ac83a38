import Domain
import Foundation
import Synchronization

/// Zoho CRM's API v8 on loopback, with the accounts server beside it: `/oauth/v2/token` and `/crm/v8/…`.
/// Source: Zoho's published OpenAPI files (v8.0) and API guides.
final class Zoho: Simulator {
    let configuration: SandboxConfiguration
    let clock: SandboxClock
    let faults: FaultPlan
    let office: WebhookOffice
    let state: Mutex<ZohoState>

    init(configuration: SandboxConfiguration, clock: SandboxClock, faults: FaultPlan, office: WebhookOffice) {
        self.configuration = configuration
        self.clock = clock
        self.faults = faults
        self.office = office
        state = Mutex(ZohoState(configuration))
    }

    func answer(_ call: Call) -> Answer {
        if call.segments.first == "oauth" { return tokens(call.dropping(1)) }
        do throws(ZohoError) {
            try authenticate(call)
            guard call.segments.count >= 3, call.segments[0] == "crm", call.segments[1] == "v8" else {
                throw ZohoError.noSuchURL
            }
            let rest = call.dropping(2)
            let headers = try countCall(rest)
            var answer = try dispatch(rest)
            answer.headers += headers
            return answer
        } catch {
            return error.answer
        }
    }

    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer {
        switch refusal {
        case .tokenDeath where call.segments.first == "oauth": return .json(["error": "invalid_code"])
        case .tokenDeath: return ZohoError.deadToken.answer
        case .graphCode: return ZohoError("INTERNAL_ERROR", "Internal Server Error", status: 500).answer
        case .status(let status, let body, let retryAfter):
            let plain =
                status == 429
                ? ZohoError.tooMany : ZohoError("INTERNAL_ERROR", "asked for by a fault", status: status)
            let type = body?.first == "{" ? "application/json" : "text/html"
            var answer = body.map { Answer.text($0, status: status, type: type) } ?? plain.answer
            // Zoho never says how long to wait: only when it is asked for.
            if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
            return answer
        }
    }

    func reset() { state.withLock { $0 = ZohoState(configuration) } }

    private func authenticate(_ call: Call) throws(ZohoError) {
        let scheme = "Zoho-oauthtoken "
        guard let header = call.header("Authorization"), header.hasPrefix(scheme) else { throw .unauthenticated }
        let token = String(header.dropFirst(scheme.count))
        guard
            WebhookSignature.isEqual(token, configuration.accessToken)
                || state.withLock({ $0.tokens.isAlive(token, at: call.now.milliseconds) })
        else { throw .deadToken }
    }

    private func countCall(_ call: Call) throws(ZohoError) -> [(name: String, value: String)] {
        guard faults.vendorLimits(of: .zoho) else { return [] }
        let cost = ZohoCost(call)
        return try withState { state throws(ZohoError) in
            try state.limits.count(credits: cost.credits, isHeavy: cost.isHeavy, at: call.now)
        }
    }

    private func dispatch(_ call: Call) throws(ZohoError) -> Answer {
        switch call.segments.first {
        case "org": return organisation
        case "users": return try users(call)
        case "settings": return try settings(call.dropping(1))
        case "coql": return try coql(call)
        case "actions": return try watch(call.dropping(1))
        case let name?:
            let module = try withState { state throws(ZohoError) in try state.module(name) }
            return try records(module, call.dropping(1))
        case nil: throw .noSuchURL
        }
    }

    /// Runs a piece of work on the state, under its lock.
    func withState<Result: Sendable>(
        _ work: (inout ZohoState) throws(ZohoError) -> Result
    ) throws(ZohoError) -> Result {
        try state.withLock { (state) throws(ZohoError) -> Result in try work(&state) }
    }

    static func body(_ call: Call) throws(ZohoError) -> JSON {
        do {
            return try call.json()
        } catch {
            throw .invalid("body", path: "$", expected: "jsonobject")
        }
    }

    static func list(_ text: String?) -> [String] {
        (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// A list's answer; without rows it has no body at all.
    static func page(_ rows: [JSON], _ info: JSON, key: String = "data") -> Answer {
        rows.isEmpty ? .noContent : .json([(key): .array(rows), "info": info])
    }
}
