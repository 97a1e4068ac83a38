import AsyncHTTPClient
import Synchronization

/// Clients that connect to one checked IP address each, while TLS and the `Host` header keep the name.
///
/// A client's mapping of names to addresses is fixed when it is made, hence one client per host. They share the
/// process's event loops, so a client is little more than its pool. What was checked holds for 30 s; then the name is
/// resolved and checked again, and only when its addresses no longer include the pinned one is there a new client.
final class PinnedClients: Sendable {
    private struct Entry {
        let client: PinnedClient
        let checkedAt: ContinuousClock.Instant
        var lastUsed: ContinuousClock.Instant
    }

    private struct State {
        var entries: [String: Entry] = [:]
        /// The address that could not be connected to last: of several the next try takes another.
        var failed: [String: IPAddress] = [:]
        var isShutDown = false
    }

    private static let maximumHosts = 256
    private static let validity: Duration = .seconds(30)

    private let addressGuard: AddressGuard
    private let makeClient: @Sendable (_ dnsOverride: [String: String]) -> HTTPClient
    private let state = Mutex(State())

    init(addressGuard: AddressGuard, makeClient: @escaping @Sendable (_ dnsOverride: [String: String]) -> HTTPClient) {
        self.addressGuard = addressGuard
        self.makeClient = makeClient
    }

    /// The client for the URL's host, and the URL in its one spelling. Hold the client until the answer is read.
    func client(for url: String) async throws(TransportFailure) -> (PinnedClient, WebAddress) {
        let now = ContinuousClock.now
        if let address = WebAddress(url, longest: WebAddress.longestCalled),
            let client = checkedClient(for: address, now: now)
        {
            return (client, address)
        }
        let (address, targets) = try await addressGuard.check(url)
        return (try place(address, targets: targets, now: now), address)
    }

    /// After a failed connection: the address may have changed, or this one of several may be down.
    func forget(_ address: WebAddress) {
        let removed = state.withLock { state in
            let removed = state.entries.removeValue(forKey: key(address))
            if state.failed.count >= Self.maximumHosts { state.failed = [:] }
            state.failed[key(address)] = removed?.client.target
            return removed
        }
        _ = removed  // released outside the lock
    }

    func shutdown() async throws {
        let clients = state.withLock { state in
            state.isShutDown = true
            defer { state.entries = [:] }
            return state.entries.values.map(\.client)
        }
        for client in clients { try await client.shutdown() }
    }

    /// Whether plain http is allowed depends on the address, so `http` and `https` are checked apart.
    private func key(_ address: WebAddress) -> String {
        "\(address.isSecure ? "https" : "http"):\(address.host)"
    }

    private func checkedClient(for address: WebAddress, now: ContinuousClock.Instant) -> PinnedClient? {
        state.withLock { state in
            guard let entry = state.entries[key(address)], now - entry.checkedAt < Self.validity else { return nil }
            state.entries[key(address)]?.lastUsed = now
            return entry.client
        }
    }

    private func place(
        _ address: WebAddress, targets: [IPAddress], now: ContinuousClock.Instant
    ) throws(TransportFailure) -> PinnedClient {
        guard let first = targets.first else { throw .unreachable("no address for \(address.host)") }
        let placed: (client: PinnedClient, released: [PinnedClient])? = state.withLock { state in
            if state.isShutDown { return nil }
            let old = state.entries[key(address)]?.client
            let failed = state.failed[key(address)]
            let client =
                old.flatMap { targets.contains($0.target) ? $0 : nil }
                ?? makeClient(for: address, at: targets.first { $0 != failed } ?? first)
            state.entries[key(address)] = Entry(client: client, checkedAt: now, lastUsed: now)
            return (client, [old, Self.evict(from: &state)].compactMap { $0 })
        }
        guard let placed else { throw .notSent("the client is shut down") }
        return placed.client
    }

    private func makeClient(for address: WebAddress, at target: IPAddress) -> PinnedClient {
        let dnsOverride = address.ipAddress == nil ? [address.host: target.description] : [:]
        return PinnedClient(client: makeClient(dnsOverride), target: target)
    }

    private static func evict(from state: inout State) -> PinnedClient? {
        guard state.entries.count > maximumHosts,
            let oldest = state.entries.min(by: { $0.value.lastUsed < $1.value.lastUsed })?.key
        else { return nil }
        return state.entries.removeValue(forKey: oldest)?.client
    }
}

/// A client and the one address it connects to. Shuts its client down when nobody holds it any more: the map dropped
/// it and the last call has ended.
final class PinnedClient: Sendable {
    let client: HTTPClient
    let target: IPAddress

    init(client: HTTPClient, target: IPAddress) {
        self.client = client
        self.target = target
    }

    func shutdown() async throws {
        try await client.shutdown()
    }

    deinit {
        // Nobody can await a deinit, hence the bare task. The only error is that it was shut down before.
        Task { [client] in try? await client.shutdown() }
    }
}
