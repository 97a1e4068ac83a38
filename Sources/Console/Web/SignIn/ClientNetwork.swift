#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whose failures are counted together: an IPv4 address, or the /64 that one customer of a provider has in IPv6.
struct ClientNetwork: Equatable, Sendable {
    let text: String

    init(_ address: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, address, &bytes) == 1 else {
            text = address  // An IPv4 address, or none at all: counted as it is written.
            return
        }
        // An IPv4 address in IPv6 form is one client, not a network of them.
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff] {
            text = bytes.suffix(4).map(String.init).joined(separator: ".")
        } else {
            text = bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ".") + "/64"
        }
    }
}
