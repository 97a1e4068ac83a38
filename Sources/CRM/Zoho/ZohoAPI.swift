import Domain
import OutboundHTTP

/// One Zoho organisation over HTTP: token, deadlines, limits, and failures classified.
struct ZohoAPI: Sendable {
    /// Reads and whatever may be repeated (R3).
    private static let repeatableDeadline: Duration = .milliseconds(3500)
    /// Creating waits longer, since giving up leaves an outcome that nobody knows.
    private static let creatingDeadline: Duration = .seconds(10)
    private static let maxAnswerBytes = 8 << 20
    private static let path = "/crm/v8"

    let settings: ZohoSettings
    let client: OutboundClient
    let tokens: ZohoTokens
    let gate: ZohoGate
    let meter: ZohoMeter

    /// - Returns: nil where Zoho answers with nothing: no rows, no such record, nothing new.
    func get<Answer: Decodable & Sendable>(
        _ path: String, headers: [(String, String)] = []
    ) async throws(CallFailure) -> Answer? {
        try await read(Call(method: "GET", path: path, headers: headers, credits: 1))
    }

    /// - Parameter limit: of the query: what it costs goes by it.
    func query(_ select: String, limit: Int) async throws(CallFailure) -> ZohoPage {
        let body = try encode(["select_query": select])
        let credits = limit <= 200 ? 1 : limit <= 1000 ? 2 : 3
        do throws(CallFailure) {
            let page: ZohoPage? = try await read(Call(method: "POST", path: "/coql", body: body, credits: credits))
            return page ?? ZohoPage(data: [], info: nil)
        } catch {
            // We compose every query: one that is refused names a field that the organisation does not have.
            guard error.kind == .permanent, error.code == "INVALID_QUERY" else { throw error }
            throw ZohoAdvice.fieldMissing(error.code, error.vendorText, settings.place)
        }
    }

    /// - Returns: what became of each row, in the order given.
    /// - Throws: what is about all of them.
    func write(
        _ method: String, _ path: String, _ body: some Encodable, rows: Int, effect: ZohoFailure.Effect
    ) async throws(CallFailure) -> [ZohoItem] {
        let call = Call(
            method: method, path: path, body: try encode(body), credits: max(1, (rows + 9) / 10), effect: effect)
        return try items(in: try await send(call), effect)
    }

    /// For writes that have no body.
    func end(_ path: String) async throws(CallFailure) -> [ZohoItem] {
        try items(in: try await send(Call(method: "DELETE", path: path, credits: 1)), .repeatable)
    }

    func failures(_ effect: ZohoFailure.Effect) -> ZohoFailure {
        ZohoFailure(secrets: tokens.secrets, effect: effect, place: settings.place, wait: { meter.wait() })
    }

    private func items(in response: OutboundResponse, _ effect: ZohoFailure.Effect) throws(CallFailure) -> [ZohoItem] {
        let mayHaveItems = response.isSuccess || (400..<500).contains(response.status)
        if mayHaveItems, let answer = try? WireJSON.decode(ZohoWriteAnswer.self, from: response.body) {
            return answer.items  // else it is about the whole call, or unreadable
        }
        guard response.isSuccess else { throw failures(effect).failure(response) }
        throw failures(effect).unreadable(WireFault(text: "no list of outcomes"))
    }

    private func read<Answer: Decodable & Sendable>(_ call: Call) async throws(CallFailure) -> Answer? {
        let response = try await send(call)
        if response.status == 204 || response.status == 304 { return nil }
        guard response.isSuccess else { throw failures(.repeatable).failure(response) }
        do {
            return try WireJSON.decode(from: response.body)
        } catch {
            throw failures(.repeatable).unreadable(error)
        }
    }

    private func encode(_ body: some Encodable) throws(CallFailure) -> [UInt8] {
        do {
            return try WireJSON.encode(body)
        } catch {
            throw ZohoAdvice.rejected("not-encodable", error.text)
        }
    }

    // MARK: Sending

    private struct Call {
        let method: String
        let path: String
        var headers: [(String, String)] = []
        var body: [UInt8]?
        let credits: Int
        var effect: ZohoFailure.Effect = .repeatable
    }

    /// A token that Zoho no longer accepts is renewed once: what it refused was not done.
    private func send(_ call: Call) async throws(CallFailure) -> OutboundResponse {
        let access = try await tokens.access()
        let response = try await send(call, access)
        guard ZohoFailure.isDeadToken(response) else { return response }
        return try await send(call, try await tokens.access(replacing: access))
    }

    private func send(_ call: Call, _ access: ZohoAccess) async throws(CallFailure) -> OutboundResponse {
        var headers = [("Authorization", "Zoho-oauthtoken \(access.token)"), ("Accept", "application/json")]
        headers += call.headers
        if call.body != nil { headers.append(("Content-Type", "application/json")) }
        let request = OutboundRequest(
            method: call.method, url: access.apiURL + Self.path + call.path, headers: headers, body: call.body,
            deadline: call.effect == .once ? Self.creatingDeadline : Self.repeatableDeadline,
            maxResponseBytes: Self.maxAnswerBytes, destination: "zoho")
        return try await gate.pass { () async throws(CallFailure) -> OutboundResponse in
            do throws(TransportFailure) {
                let response = try await client.send(request)
                meter.read(response, credits: call.credits)
                return response
            } catch {
                throw error.callFailure(
                    isRepeatable: call.effect == .repeatable, scope: .connection, destination: "Zoho")
            }
        }
    }
}
