#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An IPv4 or IPv6 address by its bytes, and what kind of place it leads to.
package struct IPAddress: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case global, loopback
        /// RFC 1918 and unique local addresses.
        case privateNetwork
        /// 100.64.0.0/10, behind a provider's translation.
        case carrierShared
        /// Also where clouds serve their machines' credentials.
        case linkLocal
        case multicast, unspecified
        /// Set aside for documentation, tunnels, tests or the future.
        case reserved
    }

    /// Four or sixteen.
    package let bytes: [UInt8]

    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads `192.0.2.1` and `2001:db8::1`; nil for every other spelling, zones included.
    package init?(_ text: String) {
        var buffer = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &buffer) == 1 {
            self.bytes = Array(buffer[..<4])
        } else if inet_pton(AF_INET6, text, &buffer) == 1 {
            self.bytes = buffer
        } else {
            return nil
        }
    }

    package var kind: Kind {
        bytes.count == 4 ? Self.kind(v4: bytes[...]) : Self.kind(v6: bytes)
    }

    private static func kind(v4 bytes: ArraySlice<UInt8>) -> Kind {
        let word = bytes.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let ranges: [(UInt32, Int, Kind)] = [
            (0x0000_0000, 32, .unspecified), (0x0000_0000, 8, .reserved), (0x0A00_0000, 8, .privateNetwork),
            (0x6440_0000, 10, .carrierShared), (0x7F00_0000, 8, .loopback), (0xA9FE_0000, 16, .linkLocal),
            (0xAC10_0000, 12, .privateNetwork), (0xC000_0000, 24, .reserved), (0xC000_0200, 24, .reserved),
            (0xC058_6300, 24, .reserved), (0xC0A8_0000, 16, .privateNetwork), (0xC612_0000, 15, .reserved),
            (0xC633_6400, 24, .reserved), (0xCB00_7100, 24, .reserved), (0xE000_0000, 4, .multicast),
            (0xF000_0000, 4, .reserved),
        ]
        return ranges.first { word >> (32 - $0.1) == $0.0 >> (32 - $0.1) }?.2 ?? .global
    }

    private static func kind(v6 bytes: [UInt8]) -> Kind {
        if let inner = embeddedV4(bytes) { return kind(v4: inner) }
        if bytes.allSatisfy({ $0 == 0 }) { return .unspecified }
        if bytes[..<15].allSatisfy({ $0 == 0 }), bytes[15] == 1 { return .loopback }
        let head = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
        switch head {
        case 0xFF00...: return .multicast
        case 0xFE80...0xFEBF: return .linkLocal
        case 0xFC00...0xFDFF: return .privateNetwork
        case 0x2001 where bytes[2] < 2 || (bytes[2] == 0x0D && bytes[3] == 0xB8): return .reserved
        case 0x2002, 0x3FFF: return .reserved
        case 0x2000...0x3FFF: return .global
        default: return .reserved
        }
    }

    /// The IPv4 address inside `::ffff:a.b.c.d` and inside `64:ff9b::a.b.c.d`: it is where a connection would go.
    private static func embeddedV4(_ bytes: [UInt8]) -> ArraySlice<UInt8>? {
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        let prefix = Array(bytes[..<12])
        return prefix == mapped || prefix == translated ? bytes[12...] : nil
    }
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &buffer, socklen_t(buffer.count)) != nil else { return "invalid" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
