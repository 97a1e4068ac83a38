import Domain
import OutboundHTTP
import SwiftASN1
import X509

/// Whom a certificate speaks for: the names and addresses that clients compare with the one they called.
struct CertificateNames: Equatable {
    /// Lower case; may begin with `*.`.
    let names: [String]
    /// Four or sixteen bytes each.
    let addresses: [[UInt8]]

    init(_ certificate: Certificate) {
        var (names, addresses): ([String], [[UInt8]]) = ([], [])
        // An extension that cannot be read names nobody.
        let alternatives = try? certificate.extensions.subjectAlternativeNames
        for name in alternatives.map({ Array($0) }) ?? [] {
            switch name {
            case .dnsName(let name): names.append(name.lowercased())
            case .ipAddress(let address): addresses.append(Array(address.bytes))
            default: break  // mail addresses and the like: nobody calls them
            }
        }
        self.names = names
        self.addresses = addresses
    }

    /// - Parameter host: lower case, an IP address without brackets.
    func include(_ host: String) -> Bool {
        if let address = IPAddress(host) { return addresses.contains(address.bytes) }
        return names.contains { Self.isMatch($0, host) }
    }

    /// `*.` stands for one label, no more and no less.
    private static func isMatch(_ name: String, _ host: String) -> Bool {
        guard name.hasPrefix("*.") else { return name == host }
        guard let dot = host.firstIndex(of: "."), dot > host.startIndex else { return false }
        return name.dropFirst() == host[dot...]
    }

    /// For a person; at most three of them.
    var text: String {
        let all = names + addresses.map(Self.text)
        if all.isEmpty { return "–" }
        return all.prefix(3).joined(separator: ", ") + (all.count > 3 ? ", …" : "")
    }

    private static func text(_ address: [UInt8]) -> String {
        guard address.count == 4 else { return "IPv6" }
        return address.map { String($0) }.joined(separator: ".")
    }
}
