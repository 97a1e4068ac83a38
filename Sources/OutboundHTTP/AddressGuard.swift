/// Decides whether an address that a person typed may be called.
///
/// Every address that the name stands for is checked, and the caller connects to one of exactly those, so that a name
/// which answers differently a moment later gains nothing. Never allowed: link-local (where clouds serve credentials),
/// multicast, unspecified and reserved addresses. Plain `http` is refused for a public address (R3), and for a name that
/// leads nowhere yet and was not named.
package struct AddressGuard: Sendable {
    /// For companies whose own system lives on the same machine or network: these hosts may stand for loopback, private,
    /// unique local and carrier-shared addresses, also over plain `http`. In small letters, as in ``WebAddress/host``.
    package let privateHosts: Set<String>
    private let resolve: @Sendable (String) async throws(TransportFailure) -> [IPAddress]

    package init(privateHosts: Set<String>) {
        self.init(privateHosts: privateHosts, resolve: HostResolver.addresses)
    }

    /// - Parameter resolve: every address of a host; tests give names that do not exist.
    init(
        privateHosts: Set<String>,
        resolve: @escaping @Sendable (String) async throws(TransportFailure) -> [IPAddress]
    ) {
        self.privateHosts = privateHosts
        self.resolve = resolve
    }

    /// Reads and checks a URL, for example when a person saves it.
    /// - Returns: the address in its one spelling, and where it may be connected to, in the system's order.
    /// - Throws: `addressRefused` with the reason, or `unreachable` when the name has no address.
    package func check(_ url: String) async throws(TransportFailure) -> (address: WebAddress, targets: [IPAddress]) {
        guard let address = WebAddress(url, longest: WebAddress.longestCalled) else {
            throw .addressRefused(.notAnAddress)
        }
        let targets = try await targets(of: address)
        for target in targets {
            if let reason = refusal(of: target.kind, at: address) { throw .addressRefused(reason) }
        }
        guard !targets.isEmpty else { throw .unreachable("no address for \(address.host)") }
        return (address, targets)
    }

    private func targets(of address: WebAddress) async throws(TransportFailure) -> [IPAddress] {
        do throws(TransportFailure) {
            return try await resolve(address.host)
        } catch {
            // Wherever it leads to once it leads anywhere, plain http may not go there.
            guard address.isSecure || privateHosts.contains(address.host) else { throw .addressRefused(.plainHTTP) }
            throw error
        }
    }

    private func refusal(of kind: IPAddress.Kind, at address: WebAddress) -> AddressRefusal? {
        switch kind {
        case .global: address.isSecure ? nil : .plainHTTP
        case .loopback, .privateNetwork, .carrierShared:
            privateHosts.contains(address.host) ? nil : .privateNetwork
        case .linkLocal, .multicast, .unspecified, .reserved: .neverCalled
        }
    }
}
