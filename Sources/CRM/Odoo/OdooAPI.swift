import Domain
import OutboundHTTP

/// One Odoo database over HTTP: its interface found out, calls paced, failures classified.
///
/// Each call is one transaction of Odoo's: refused, it did nothing.
struct OdooAPI: Sendable {
    /// Reads (R3).
    private static let readDeadline: Duration = .milliseconds(3500)
    private static let createDeadline: Duration = .seconds(10)
    /// A hundred partners at once, with all that a company hangs on them.
    private static let batchDeadline: Duration = .seconds(30)
    private static let maxAnswerBytes = 16 << 20

    let settings: OdooSettings
    let client: OutboundClient
    let pacer: OdooPacer
    let memory = OdooMemory()

    func call<Answer: Decodable & Sendable>(_ call: OdooCall) async throws(CallFailure) -> Answer {
        let session = try await session()
        do throws(CallFailure) {
            return try await send(call, in: session)
        } catch {
            if error.code == OdooFailure.fieldGone { memory.learn { $0.partnerBook = nil } }
            // The user's id may have changed, or the server its version: found out anew, once.
            guard session.interface == .jsonRPC, error.code == OdooFailure.denied else { throw error }
            memory.forget()
            return try await send(call, in: try await self.session())
        }
    }

    /// Found out with the first call, then kept.
    func session() async throws(CallFailure) -> OdooSession {
        if let session = memory.known.session { return session }
        let session = try await OdooSignIn(api: self).session()
        memory.learn { $0.session = session }
        return session
    }

    func send<Answer: Decodable & Sendable>(
        _ call: OdooCall, in session: OdooSession
    ) async throws(CallFailure) -> Answer {
        switch session.interface {
        case .json2:
            let path = "/json/2/\(call.model)/\(call.method)"
            return try await json2(path, call.json2, effect: call.effect)
        case .jsonRPC:
            let body = call.jsonRPC(database: settings.database ?? "", uid: session.uid, key: settings.key)
            return try await jsonRPC(body, effect: call.effect)
        }
    }

    func json2<Answer: Decodable>(
        _ path: String, _ body: OdooValue, effect: OdooCall.Effect
    ) async throws(CallFailure) -> Answer {
        var headers = [("Authorization", "Bearer \(settings.key)")]
        if let database = settings.database { headers.append(("X-Odoo-Database", database)) }
        let response = try await post(path, headers, body, effect: effect)
        let failures = OdooFailure(secrets: secrets, effect: effect, place: settings.place)
        guard response.isSuccess else { throw failures.failure(response) }
        do {
            return try WireJSON.decode(from: response.body)
        } catch {
            throw failures.unreadable(error)
        }
    }

    func jsonRPC<Answer: Decodable>(_ body: OdooValue, effect: OdooCall.Effect) async throws(CallFailure) -> Answer {
        let response = try await post("/jsonrpc", [], body, effect: effect)
        let failures = OdooFailure(secrets: secrets, effect: effect, place: settings.place)
        guard response.isSuccess else { throw failures.failure(response) }
        let envelope: OdooEnvelope<Answer>
        do {
            envelope = try WireJSON.decode(from: response.body)
        } catch {
            throw failures.unreadable(error)
        }
        if let error = envelope.error { throw failures.failure(error) }
        guard let result = envelope.result else { throw failures.unreadable(WireFault(text: "result is missing")) }
        return result
    }

    func get(_ path: String) async throws(CallFailure) -> OutboundResponse {
        try await send(
            OutboundRequest(
                method: "GET", url: settings.baseURL + path, headers: [("Accept", "application/json")],
                deadline: Self.readDeadline, destination: "odoo"), effect: .read)
    }

    private func post(
        _ path: String, _ headers: [(String, String)], _ body: OdooValue, effect: OdooCall.Effect
    ) async throws(CallFailure) -> OutboundResponse {
        let bytes: [UInt8]
        do {
            bytes = try WireJSON.encode(body)
        } catch {
            throw OdooAdvice.rejected("not-encodable", error.text)
        }
        let deadline =
            switch effect {
            case .read: Self.readDeadline
            case .batch: Self.batchDeadline
            case .once: Self.createDeadline
            }
        let request = OutboundRequest(
            method: "POST", url: settings.baseURL + path,
            headers: headers + [("Content-Type", "application/json"), ("User-Agent", "Puente")], body: bytes,
            deadline: deadline, maxResponseBytes: Self.maxAnswerBytes, destination: "odoo")
        return try await send(request, effect: effect)
    }

    private func send(
        _ request: OutboundRequest, effect: OdooCall.Effect
    ) async throws(CallFailure) -> OutboundResponse {
        try await pacer.enter()
        defer { pacer.leave() }
        do {
            let response = try await client.send(request)
            if response.status == 429 { pacer.noteRefusal() }
            return response
        } catch {
            throw error.callFailure(isRepeatable: effect != .once, scope: .connection, destination: "Odoo")
        }
    }

    var secrets: [String] { [settings.key] + [settings.webhookSecret].compactMap(\.self) }
}

/// JSON-RPC's answer: 200 in any case, with one of the two.
struct OdooEnvelope<Answer: Decodable>: Decodable {
    let result: Answer?
    let error: OdooRPCError?
}

struct OdooRPCError: Decodable {
    let code: Int?
    let message: String?
    let data: OdooException?
}

/// A Python exception by its name. `debug`, a trace of the server's code, is left where it is.
struct OdooException: Decodable {
    let name: String?
    let message: String?
}
