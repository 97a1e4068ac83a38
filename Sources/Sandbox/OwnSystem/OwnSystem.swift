import Domain
import Foundation
import NIOCore
import Synchronization

/// A company's own CRM: takes events signed by the Standard Webhooks scheme at any path below `/own`, keeps each once,
/// and says of each item of a batch what became of it.
///
/// A body is one event `{id?, type, timestamp, data}`, or `{type: "batch", timestamp, data: [event, …]}`; `data.events`
/// is read too. The answer to a batch is `{results: [{id, status: "ok" | "failed", remote_id?, error?}]}`.
final class OwnSystem: Simulator {
    private static let tolerance: Duration = .minutes(5)
    private static let maximumEvents = 1000

    private let configuration: SandboxConfiguration
    private let secret: [UInt8]
    private let clock: SandboxClock
    private let faults: FaultPlan
    private let state: Mutex<OwnState>

    init(configuration: SandboxConfiguration, clock: SandboxClock, faults: FaultPlan) {
        self.configuration = configuration
        self.clock = clock
        self.faults = faults
        secret = Self.key(of: configuration.ownSystemSecret)
        state = Mutex(OwnState(capacity: configuration.bounds.ownItems))
    }

    /// The bytes behind `whsec_…`; of a text that is no base64 its own bytes, so that a wrong secret fails as a wrong
    /// signature.
    static func key(of secret: String) -> [UInt8] {
        let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        return Data(base64Encoded: text).map { Array($0) } ?? Array(text.utf8)
    }

    func answer(_ call: Call) -> Answer {
        guard call.method == .post else {
            return Self.problem(405, "Method not allowed", "Events are posted.")
        }
        guard let webhookID = verify(call) else {
            state.withLock { $0.unverified += 1 }
            return Self.problem(401, "Unauthorized", "The signature is missing, wrong, or more than 5 minutes off.")
        }
        guard let body = try? call.json(), let type = body["type"]?.text else {
            return Self.problem(400, "Invalid event", "The body is no JSON object with a type.")
        }
        return type == "batch" ? take(batch: body, webhookID, call) : take(single: body, type, webhookID, call)
    }

    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer {
        switch refusal {
        case .tokenDeath: return Self.problem(401, "Unauthorized", "Asked for by a fault of the sandbox.")
        case .graphCode: return Self.problem(500, "Error", "Asked for by a fault of the sandbox.")
        case .status(let status, let body, let retryAfter):
            var answer = body.map { Answer.text($0, status: status) } ?? Self.problem(status, "Fault", "Asked for.")
            if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
            return answer
        }
    }

    func reset() { state.withLock { $0 = OwnState(capacity: configuration.bounds.ownItems) } }

    func page(_ kind: OwnState.Kind, after: Int, limit: Int) -> (items: [JSON], next: Int?) {
        state.withLock { $0.page(kind, after: after, limit: limit) }
    }

    var json: JSON { state.withLock { $0.json } }

    /// The webhook's id when its signature is right.
    private func verify(_ call: Call) -> String? {
        guard let id = call.header("webhook-id"), (1...256).contains(id.utf8.count),
            let time = call.header("webhook-timestamp"), let seconds = Int64(time),
            let signatures = call.header("webhook-signature")
        else { return nil }
        let distance = call.now - Timestamp(seconds: seconds)
        guard distance <= Self.tolerance, distance >= .zero - Self.tolerance else { return nil }
        let right = "v1," + WebhookSignature.standardDigest(call.body, secret: secret, id: id, timestamp: time)
        let isVerified = signatures.split(separator: " ").prefix(8).contains {
            WebhookSignature.isEqual(String($0), right)
        }
        return isVerified ? id : nil
    }

    private func take(single event: JSON, _ type: String, _ webhookID: String, _ call: Call) -> Answer {
        if faults.failsItem(of: .own) { return Self.problem(422, "Refused", "Asked for by a fault of the sandbox.") }
        let id = event["id"]?.identifier ?? webhookID
        let remoteID = state.withLock { state in
            state.requests += 1
            return state.take(
                eventID: id, type: type, data: event["data"] ?? .null, webhookID: webhookID, now: call.now)
        }
        return .json(["results": [["id": JSON(id), "status": "ok", "remote_id": JSON(remoteID)]]])
    }

    private func take(batch: JSON, _ webhookID: String, _ call: Call) -> Answer {
        let events = batch["data"]?.items ?? batch["data"]?["events"]?.items ?? []
        guard (1...Self.maximumEvents).contains(events.count) else {
            return Self.problem(422, "Invalid batch", "A batch has 1 to \(Self.maximumEvents) events.")
        }
        let failing = events.map { _ in faults.failsItem(of: .own) }
        let results: [JSON] = state.withLock { state in
            state.requests += 1
            return zip(events, failing).map { event, isFailing in
                guard let id = event["id"]?.identifier, let type = event["type"]?.text else {
                    return Self.failure(of: event["id"] ?? .null, "An event needs an id and a type.")
                }
                if isFailing { return Self.failure(of: JSON(id), "Asked for by a fault of the sandbox.") }
                let remoteID = state.take(
                    eventID: id, type: type, data: event["data"] ?? .null, webhookID: webhookID, now: call.now)
                return ["id": JSON(id), "status": "ok", "remote_id": JSON(remoteID)]
            }
        }
        return .json(["results": .array(results)])
    }

    private static func failure(of id: JSON, _ message: String) -> JSON {
        ["id": id, "status": "failed", "error": ["code": "rejected", "message": JSON(message)]]
    }

    private static func problem(_ status: Int, _ title: String, _ detail: String) -> Answer {
        Answer(
            status: status, contentType: "application/problem+json",
            body: JSONWriter.buffer([
                "type": "about:blank", "title": JSON(title), "status": JSON(status), "detail": JSON(detail),
            ]))
    }
}
