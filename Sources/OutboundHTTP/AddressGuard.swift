/// Decides whether an address that a person typed may be called.
///
/// Every address that the name stands for is checked, and the caller connects to one of exactly those, so that a name
/// which answers differently a moment later gains nothing. Never allowed: link-local (where clouds serve credentials),
/// multicast, unspecified and reserved addresses. Plain `http` is refused for a public address (R3).
package struct AddressGuard: Sendable {
    /// The setting for companies whose own system lives on the same machine or network: allows loopback, private,
    /// unique local and carrier-shared addresses, also over plain `http`.
    package let allowsPrivateNetworks: Bool
    private let resolve: @Sendable (String) async throws(TransportFailure) -> [IPAddress]

    package init(allowsPrivateNetworks: Bool) {
        self.init(allowsPrivateNetworks: allowsPrivateNetworks, resolve: HostResolver.addresses)
    }

    /// - Parameter resolve: every address of a host; tests give names that do not exist.
    init(
        allowsPrivateNetworks: Bool,
        resolve: @escaping @Sendable (String) async throws(TransportFailure) -> [IPAddress]
    ) {
        self.allowsPrivateNetworks = allowsPrivateNetworks
        self.resolve = resolve
    }

    /// Reads and checks a URL, for example when a person saves it.
    /// - Returns: the address in its one spelling, and where it may be connected to, in the system's order.
    /// - Throws: `addressRefused` with the reason, or `unreachable` when the name has no address.
    package func check(_ url: String) async throws(TransportFailure) -> (address: WebAddress, targets: [IPAddress]) {
        guard let address = WebAddress(url) else {
            throw .addressRefused("not a web address that can be used")
        }
        let targets = try await resolve(address.host)
        for target in targets {
            if let reason = refusal(of: target.kind, isSecure: address.isSecure) { throw .addressRefused(reason) }
        }
        guard !targets.isEmpty else { throw .unreachable("no address for \(address.host)") }
        return (address, targets)
    }

    /// Says nothing of the address itself: the person who typed the name may not be one who may know.
    private func refusal(of kind: IPAddress.Kind, isSecure: Bool) -> String? {
        switch kind {
        case .global: isSecure ? nil : "plain http is not allowed for a public address, use https"
        case .loopback, .privateNetwork, .carrierShared:
            allowsPrivateNetworks ? nil : "it leads into a private network, which the settings do not allow"
        case .linkLocal, .multicast, .unspecified, .reserved: "it leads to a place that is never called"
        }
    }
}
