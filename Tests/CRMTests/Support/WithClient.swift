import Logging

@testable import OutboundHTTP

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// A client that is shut down afterwards, whatever happens.
@discardableResult func withClient<Value>(
    _ addressGuard: AddressGuard? = nil, _ work: (OutboundClient) async throws -> Value
) async throws -> Value {
    let client = OutboundClient(addressGuard: addressGuard, logger: quiet)
    do {
        let value = try await work(client)
        try await client.shutdown()
        return value
    } catch {
        try await client.shutdown()
        throw error
    }
}

/// A server with its script, and a client.
@discardableResult func withServer<Value>(
    _ script: @escaping @Sendable (Int, ScriptedServer.Request) -> ScriptedServer.Action,
    _ work: (ScriptedServer, OutboundClient) async throws -> Value
) async throws -> Value {
    let server = try await ScriptedServer(script: script)
    let value = try await withClient { try await work(server, $0) }
    try await server.close()
    return value
}

extension OutboundClient {
    /// How a call failed; nil when there was an answer.
    func failure(_ request: OutboundRequest) async -> TransportFailure? {
        do throws(TransportFailure) {
            _ = try await send(request)
            return nil
        } catch {
            return error
        }
    }
}

extension TransportFailure {
    /// The case without its text.
    var name: String { String("\(self)".prefix { $0 != "(" }) }
}
