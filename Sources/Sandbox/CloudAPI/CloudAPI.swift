import Domain
import Foundation
import Synchronization

/// WhatsApp's Cloud API on loopback. Source: Cloud API reference, Graph API v21.0 to v26.0.
final class CloudAPI: Simulator {
    let configuration: SandboxConfiguration
    let clock: SandboxClock
    let timetable: Timetable
    let faults: FaultPlan
    let office: WebhookOffice
    let state: Mutex<CloudState>
    let settings: Mutex<CloudSettings>
    /// Hears of every accepted message; the simulated customers listen.
    private let audience = Mutex<(@Sendable (SentMessage, Customer) -> Void)?>(nil)
    /// Where the sandbox listens; known once it does.
    private let publicAddress = Mutex("")

    init(
        configuration: SandboxConfiguration, clock: SandboxClock, timetable: Timetable, faults: FaultPlan,
        office: WebhookOffice
    ) {
        self.configuration = configuration
        self.clock = clock
        self.timetable = timetable
        self.faults = faults
        self.office = office
        state = Mutex(CloudState(configuration, now: clock.now))
        settings = Mutex(CloudSettings(configuration))
    }

    /// Scheme, host and port for links in webhooks.
    var origin: String {
        get { publicAddress.withLock { $0 } }
        set { publicAddress.withLock { $0 = newValue } }
    }

    func listen(_ listener: @escaping @Sendable (SentMessage, Customer) -> Void) {
        audience.withLock { $0 = listener }
    }

    func tellAudience(_ message: SentMessage, _ customer: Customer) {
        audience.withLock { $0 }?(message, customer)
    }

    func answer(_ call: Call) -> Answer {
        do {
            return try route(call)
        } catch {
            state.withLock { $0.counters.refusals[error.code, default: 0] += 1 }
            return error.answer
        }
    }

    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer {
        switch refusal {
        case .tokenDeath: return GraphError.deadToken.answer
        case .graphCode(let code): return GraphError.catalogued(code).answer
        case .status(let status, let body, let retryAfter):
            // Behind trouble stands an edge server that does not speak JSON.
            var answer = Answer.text(
                body
                    ?? "<!DOCTYPE html><html><head><title>Error</title></head><body>Sorry, something went wrong.</body>",
                status: status, type: "text/html; charset=utf-8")
            if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
            return answer
        }
    }

    func reset() {
        state.withLock { $0 = CloudState(configuration, now: clock.now) }
        settings.withLock { $0 = CloudSettings(configuration) }
    }

    private func route(_ call: Call) throws(GraphError) -> Answer {
        guard let version = call.segments.first, call.segments.count >= 2 else { throw Self.unknownPath(call) }
        if version == "whatsapp_business" { return try download(call) }
        guard Self.isSupported(version) else { throw Self.unknownPath(call) }
        let node = call.segments[1]
        let edge = call.segments.count > 2 ? call.segments[2] : nil
        if node == "oauth", edge == "access_token" { return try appToken(call) }
        try authenticate(call)
        return try dispatch(call, node: node, edge: edge)
    }

    private func dispatch(_ call: Call, node: String, edge: String?) throws(GraphError) -> Answer {
        if let number = configuration.numbers.first(where: { $0.id == node }) {
            return try numberEdge(call, number, edge)
        }
        switch node {
        case configuration.wabaID: return try accountEdge(call, edge)
        case configuration.appID: return try appEdge(call, edge)
        case "debug_token": return debugToken(call)
        case "me": return .json(["id": "122100000000000001", "name": "Puente sandbox system user"])
        default: return try looseNode(call, node, edge)
        }
    }

    /// Templates, media and uploads are addressed by their ids alone.
    private func looseNode(_ call: Call, _ node: String, _ edge: String?) throws(GraphError) -> Answer {
        if node.hasPrefix("upload:") { return .json(["h": JSON("4::\(Data(node.utf8).base64EncodedString())")]) }
        if edge == nil, state.withLock({ $0.templates.find(id: node) }) != nil { return try template(call, id: node) }
        if edge == nil, state.withLock({ $0.media.find(node, now: call.now) }) != nil {
            return try media(call, id: node)
        }
        throw .unknownObject(node, method: call.method.rawValue)
    }

    private func authenticate(_ call: Call) throws(GraphError) {
        guard let token = call.bearerToken ?? call.query["access_token"], !token.isEmpty else { throw .noToken }
        guard WebhookSignature.isEqual(token, configuration.accessToken) || isAppToken(token) else { throw .wrongToken }
    }

    /// v21.0 to v26.0.
    private static func isSupported(_ version: String) -> Bool {
        guard version.hasPrefix("v"), version.hasSuffix(".0"), let major = Int(version.dropFirst().dropLast(2)) else {
            return false
        }
        return (21...26).contains(major)
    }

    private static func unknownPath(_ call: Call) -> GraphError {
        GraphError(
            status: 400, code: 2500,
            message: "Unknown path components: /\(call.segments.joined(separator: "/").prefix(200))")
    }
}
