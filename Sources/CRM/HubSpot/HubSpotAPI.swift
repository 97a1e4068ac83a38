import Domain
import OutboundHTTP
import Synchronization

/// One HubSpot account over HTTP: authorisation, deadlines, limits, and failures classified.
struct HubSpotAPI: Sendable {
    /// Reads and whatever may be repeated (R3).
    private static let repeatableDeadline: Duration = .milliseconds(3500)
    /// Creating waits longer, since giving up leaves an outcome that nobody knows.
    private static let creatingDeadline: Duration = .seconds(10)
    private static let maxAnswerBytes = 8 << 20

    let settings: HubSpotSettings
    let client: OutboundClient
    let tokens: HubSpotTokens
    let meter: HubSpotRateMeter
    let searches: SearchPacer

    var paths: HubSpotPaths { HubSpotPaths(version: settings.version) }

    func failures(_ effect: HubSpotFailure.Effect) -> HubSpotFailure {
        HubSpotFailure(
            secrets: tokens.secrets, effect: effect, isOAuth: tokens.areRenewed, place: settings.place)
    }

    func get<Answer: Decodable>(_ path: String) async throws(CallFailure) -> Answer {
        try await call("GET", path, body: nil, effect: .repeatable)
    }

    func post<Answer: Decodable>(
        _ path: String, _ body: some Encodable, effect: HubSpotFailure.Effect
    ) async throws(CallFailure) -> Answer {
        try await call("POST", path, body: try encode(body, effect: effect), effect: effect)
    }

    /// For what is answered with nothing.
    func send(
        _ method: String, _ path: String, _ body: some Encodable, effect: HubSpotFailure.Effect
    ) async throws(CallFailure) {
        let response = try await send(method, path, body: try encode(body, effect: effect), effect: effect)
        meter.read(response)
        guard response.isSuccess else { throw failures(effect).failure(response) }
    }

    /// Searches have a limit of their own, five a second, and answers that say nothing of limits.
    func search(_ path: String, _ search: HubSpotSearch) async throws(CallFailure) -> HubSpotPage {
        try await searches.waitForTurn()
        do throws(CallFailure) {
            return try await post(path + "/search", search, effect: .repeatable)
        } catch {
            // We compose every search: one that is refused names a field that the account does not have.
            guard error.kind == .permanent, error.code == "VALIDATION_ERROR" else { throw error }
            throw HubSpotAdvice.fieldMissing(error.code, error.vendorText, settings.place)
        }
    }

    private func encode(_ body: some Encodable, effect: HubSpotFailure.Effect) throws(CallFailure) -> [UInt8] {
        do {
            return try WireJSON.encode(body)
        } catch {
            throw HubSpotAdvice.rejected("not-encodable", error.text)
        }
    }

    private func call<Answer: Decodable>(
        _ method: String, _ path: String, body: [UInt8]?, effect: HubSpotFailure.Effect
    ) async throws(CallFailure) -> Answer {
        let response = try await send(method, path, body: body, effect: effect)
        meter.read(response)
        guard response.isSuccess else { throw failures(effect).failure(response) }
        do {
            return try WireJSON.decode(from: response.body)
        } catch {
            throw failures(effect).unreadable(error)
        }
    }

    /// A token that HubSpot no longer accepts is renewed once: what it refused was not done.
    private func send(
        _ method: String, _ path: String, body: [UInt8]?, effect: HubSpotFailure.Effect
    ) async throws(CallFailure) -> OutboundResponse {
        let token = try await tokens.token()
        let response = try await send(method, path, body: body, effect: effect, token)
        guard response.status == 401, tokens.areRenewed else { return response }
        return try await send(method, path, body: body, effect: effect, try await tokens.token(replacing: token))
    }

    private func send(
        _ method: String, _ path: String, body: [UInt8]?, effect: HubSpotFailure.Effect, _ token: String
    ) async throws(CallFailure) -> OutboundResponse {
        var headers = [("Authorization", "Bearer \(token)"), ("Accept", "application/json")]
        if body != nil { headers.append(("Content-Type", "application/json")) }
        let request = OutboundRequest(
            method: method, url: settings.baseURL + path, headers: headers, body: body,
            deadline: effect == .once ? Self.creatingDeadline : Self.repeatableDeadline,
            maxResponseBytes: Self.maxAnswerBytes, destination: "hubspot")
        do {
            return try await client.send(request)
        } catch {
            throw error.callFailure(isRepeatable: effect == .repeatable, scope: .connection, destination: "HubSpot")
        }
    }
}

/// Keeps what HubSpot's answers say of the account's limits.
final class HubSpotRateMeter: Sendable {
    private let latest = Mutex<RateHeadroom?>(nil)

    var headroom: RateHeadroom? { latest.withLock { $0 } }

    func read(_ response: OutboundResponse, now: ContinuousClock.Instant = .now) {
        let number = { (name: String) in response.header("X-HubSpot-RateLimit-\(name)").flatMap { Int($0) } }
        // Answers to searches have none of these: what is known stays.
        guard let limit = number("Max"), let remaining = number("Remaining"), limit > 0, limit < 1_000_000 else {
            return
        }
        let milliseconds = min(max(number("Interval-Milliseconds") ?? 10_000, 1), 86_400_000)
        let headroom = RateHeadroom(
            limit: limit, remaining: max(0, remaining), interval: .milliseconds(milliseconds),
            dailyLimit: number("Daily"), dailyRemaining: number("Daily-Remaining"), readAt: now)
        latest.withLock { $0 = headroom }
    }
}
