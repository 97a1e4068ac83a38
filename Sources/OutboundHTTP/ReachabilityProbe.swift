import AsyncHTTPClient
import NIOCore

/// Tries a connection to a destination and closes it: TCP, and TLS for `https`, but not one byte of HTTP. It costs no
/// quota, so a circuit may ask every second.
package enum ReachabilityProbe {
    /// - Parameters:
    ///   - url: any URL of the destination.
    ///   - addressGuard: the guard that calls to this destination use, if any.
    /// - Returns: nil when a connection was made, else why not.
    package static func failure(
        connectingTo url: String, addressGuard: AddressGuard? = nil, timeout: Duration = .seconds(1)
    ) async -> TransportFailure? {
        do {
            return try await withDeadline(timeout) { try await attempt(url, addressGuard: addressGuard) }
        } catch is DeadlineReached {
            return .unreachable("no connection within \(timeout)")
        } catch {
            return TransportFailure(cause: error, hasBody: true, wasBodyTaken: false)
        }
    }

    private static func attempt(_ url: String, addressGuard: AddressGuard?) async throws -> TransportFailure? {
        var url = url
        var dnsOverride: [String: String] = [:]
        if let addressGuard {
            let (address, targets) = try await addressGuard.check(url)
            url = address.url
            if address.ipAddress == nil { dnsOverride[address.host] = targets.first?.description }
        }
        var configuration = HTTPClient.Configuration.outbound(dnsOverride: dnsOverride)
        // Called when the connection stands and before it is given to a request: failing here means that no request
        // ever gets it.
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(Connected())
        }
        return try await attempt(url, with: configuration)
    }

    private static func attempt(
        _ url: String, with configuration: HTTPClient.Configuration
    ) async throws -> TransportFailure? {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome: TransportFailure?
        do {
            _ = try await client.execute(HTTPClientRequest(url: url), timeout: .seconds(60))
            outcome = nil
        } catch is Connected {
            outcome = nil
        } catch {
            outcome = TransportFailure(cause: error, hasBody: true, wasBodyTaken: false)
        }
        try await client.shutdown()
        return outcome
    }

    private struct Connected: Error {}
}

extension OutboundClient {
    /// The probe with the guard that this client's calls have.
    package func reachabilityFailure(of url: String, timeout: Duration = .seconds(1)) async -> TransportFailure? {
        await ReachabilityProbe.failure(connectingTo: url, addressGuard: addressGuard, timeout: timeout)
    }
}
