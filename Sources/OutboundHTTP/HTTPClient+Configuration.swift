import AsyncHTTPClient
import NIOCore

extension HTTPClient.Configuration {
    /// How every call of ours is made.
    /// - Parameter dnsOverride: host name → IP address to connect to instead of resolving it.
    static func outbound(dnsOverride: [String: String] = [:]) -> Self {
        var configuration = Self()
        configuration.httpVersion = .http1Only
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.dnsOverride = dnsOverride
        configuration.timeout.connect = .seconds(2)
        // Enough for a burst; a request beyond it waits for a connection, 2 s at most.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        // Shorter than servers usually keep an idle connection, so that they rarely close one as we write to it.
        configuration.connectionPool.idleTimeout = .seconds(15)
        // A refused connection is news at once; when to try again is the courier's business.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}
