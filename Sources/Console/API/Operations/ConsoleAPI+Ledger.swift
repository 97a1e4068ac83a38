import Domain
import Store

extension ConsoleAPI {
    var ledgerOperations: [APIOperation] {
        [.get("getLedger", "/api/v1/ledger", getLedger)]
    }

    private func getLedger(_ request: APIRequest) async throws -> APIAnswer {
        let ledger = try await store.ledger(in: request.workspace)
        let delays = try await store.delays(in: request.workspace)
        let names = Dictionary(ledger.connections.map { ($0.connection, $0.name) }, uniquingKeysWith: { $1 })
        var connections = JSONObject()
        for records in ledger.connections { connections.append(records.name, records.json.json) }
        return .ok(
            [
                "bodies": ledger.bodies.json, "messages": ledger.messages.json, "statuses": ledger.statuses.json,
                "others": ledger.others.json, "connections": connections, "sends": ledger.sends.json,
                "delays": delays.map { $0.json(names) },
            ] as JSONObject)
    }
}

extension Ledger.Bodies {
    var json: JSONObject {
        ["received": received, "interpreted": interpreted, "waiting": waiting, "unrouted": unrouted]
    }
}

extension Ledger.Updates {
    fileprivate var json: JSONObject {
        ["received": received, "duplicates": duplicates, "stored": stored, "unrouted": unrouted]
    }
}

extension Ledger.Records {
    fileprivate var json: JSONObject {
        [
            "stored": stored, "recorded": recorded, "waiting": waiting, "dead": dead,
            "not_applicable": notApplicable,
        ]
    }
}

extension Ledger.Sends {
    fileprivate var json: JSONObject {
        ["accepted": accepted, "failed": failed, "uncertain": uncertain]
    }
}

extension DelaySummary {
    /// Over the last hour, in milliseconds.
    fileprivate func json(_ names: [ConnectionID: String]) -> JSONObject {
        let (name, connection): (String, String?) =
            switch hop {
            case .stored: ("stored", nil)
            case .recorded(let id): ("recorded", names[id])
            case .taken(let id): ("taken", names[id])
            case .given(let id): ("given", names[id])
            case .sent: ("sent", nil)
            }
        return [
            "hop": name, "connection": connection, "count": count, "p50_ms": p50?.inMilliseconds,
            "p95_ms": p95?.inMilliseconds, "p99_ms": p99?.inMilliseconds,
        ]
    }
}
