import Domain
import Foundation
import NIOCore
import Synchronization

/// Odoo 16 to 19 on loopback: JSON-2 (19), JSON-RPC and XML-RPC, over one database whose user for the bridge has the
/// sandbox's access token as its API key.
/// Source: Odoo's documentation of its external APIs, and its source, 16.0 to 19.0.
final class Odoo: Simulator {
    private let configuration: SandboxConfiguration
    let clock: SandboxClock
    private let faults: FaultPlan
    let office: WebhookOffice
    let state: Mutex<OdooState>
    private let pace: Mutex<TokenBucket?>

    init(configuration: SandboxConfiguration, clock: SandboxClock, faults: FaultPlan, office: WebhookOffice) {
        self.configuration = configuration
        self.clock = clock
        self.faults = faults
        self.office = office
        state = Mutex(Self.fresh(configuration, configuration.odoo, faults, at: clock.now))
        pace = Mutex(Self.bucket(configuration.odoo, at: clock.now))
    }

    private static func fresh(
        _ configuration: SandboxConfiguration, _ options: SandboxConfiguration.Odoo, _ faults: FaultPlan,
        at now: Timestamp
    ) -> sending OdooState {
        var state = OdooState(configuration, options: options, now: now.milliseconds)
        state.refusesRecord = { faults.failsItem(of: .odoo) }
        return state
    }

    private static func bucket(_ options: SandboxConfiguration.Odoo, at now: Timestamp) -> TokenBucket? {
        options.callsPerSecond.map { TokenBucket(capacity: $0, perSecond: $0, now: now) }
    }

    /// The API key of the bridge's user.
    var key: String { configuration.accessToken }
    var options: SandboxConfiguration.Odoo { state.withLock { $0.options } }

    /// Another version begins with an empty database.
    func play(_ options: SandboxConfiguration.Odoo) {
        let now = clock.now
        state.withLock { [configuration, faults] state in
            if state.options.version != options.version || state.options.keyEndsInDays != options.keyEndsInDays {
                state = Self.fresh(configuration, options, faults, at: now)
            } else {
                state.options = options
            }
        }
        pace.withLock { $0 = Self.bucket(options, at: now) }
    }

    func reset() {
        let now = clock.now
        state.withLock { [configuration, faults] in
            $0 = Self.fresh(configuration, configuration.odoo, faults, at: now)
        }
        pace.withLock { [configuration] in $0 = Self.bucket(configuration.odoo, at: now) }
    }

    func answer(_ call: Call) -> Answer {
        let isTaken = pace.withLock { bucket in bucket?.take(at: call.now) ?? true }
        guard isTaken else { return Self.tooMany(retryAfter: 1) }
        switch (call.segments.first, call.segments.count) {
        case ("json", 4) where call.segments[1] == "2" && options.version >= 19: return json2(call)
        case ("web", 2) where call.segments[1] == "version" && options.version >= 19: return version19
        case ("jsonrpc", 1): return jsonRPC(call)
        case ("web", 3): return web(call)
        case ("xmlrpc", 3) where call.segments[1] == "2": return xmlRPC(call)
        default: return Self.page(404, "Not Found", "The requested URL was not found on the server.")
        }
    }

    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer {
        switch refusal {
        case .tokenDeath: refused(.unauthorized, rpc: .denied, call)
        case .graphCode: refused(.server("'sandbox'"), rpc: .server("'sandbox'"), call)
        case .status(429, nil, let retryAfter): Self.tooMany(retryAfter: retryAfter)
        case .status(let status, let body, let retryAfter):
            Self.withRetry(
                body.map { .text($0, status: status, type: "text/html") }
                    ?? Self.page(status, "Error", "Asked for by a fault of the sandbox."), retryAfter)
        }
    }

    private func refused(_ error: OdooError, rpc: OdooError, _ call: Call) -> Answer {
        switch call.segments.first {
        case "json": error.json2
        case "xmlrpc": .text(XMLRPCWriter.fault(rpc), type: "text/xml")
        default: Self.envelope(error: rpc, id: (try? call.json())?["id"])  // a body that is no JSON has no id
        }
    }

    // MARK: - One call, one transaction

    func run(_ call: OdooCall, as user: Int64 = OdooState.bridgeUID) -> Result<JSON, OdooError> {
        let now = clock.now.milliseconds
        let (result, updates) = state.withLock { state -> (Result<JSON, OdooError>, [WebhookUpdate]) in
            state.user = user
            state.now = now
            do throws(OdooError) {
                let value = try state.answer(call)
                let updates = automationUpdates(of: state)
                state.commit()
                return (.success(value), updates)
            } catch {
                state.rollBack()
                return (.failure(error), [])
            }
        }
        if !updates.isEmpty { office.send(updates, from: .odoo) }
        return result
    }

    // MARK: - Pages

    private var version19: Answer {
        .json(["version_info": [JSON(options.version), 0, 0, "final", 0, ""], "version": JSON("\(options.version).0")])
    }

    static func page(_ status: Int, _ title: String, _ text: String) -> Answer {
        .text(
            "<!doctype html>\n<html lang=en>\n<title>\(status) \(title)</title>\n<h1>\(title)</h1>\n<p>\(text)</p>\n",
            status: status, type: "text/html; charset=utf-8")
    }

    private static func tooMany(retryAfter: Int?) -> Answer {
        withRetry(page(429, "Too Many Requests", "You have sent too many requests."), retryAfter ?? 1)
    }

    private static func withRetry(_ answer: Answer, _ seconds: Int?) -> Answer {
        guard let seconds else { return answer }
        var answer = answer
        answer.headers.append(("Retry-After", String(seconds)))
        return answer
    }
}
