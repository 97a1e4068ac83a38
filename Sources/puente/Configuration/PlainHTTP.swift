import OutboundHTTP

/// Where plain http is allowed: on this machine and in private networks, never to a public address (R3).
enum PlainHTTP {
    static func isPrivateAddress(_ url: String) -> Bool {
        WebAddress(url).map { isPrivate(host: $0.host) } ?? false
    }

    /// Names are judged by themselves, without asking a resolver: a single word, as containers and hosts files have
    /// them, and the endings that are set aside for private use.
    static func isPrivate(host: String) -> Bool {
        if let address = IPAddress(host) {
            return switch address.kind {
            case .loopback, .privateNetwork, .carrierShared, .linkLocal: true
            case .global, .multicast, .unspecified, .reserved: false
            }
        }
        let labels = host.split(separator: ".")
        if labels.count == 1 { return true }
        return ["localhost", "local", "internal", "test"].contains(labels.last) || host.hasSuffix(".home.arpa")
    }
}
