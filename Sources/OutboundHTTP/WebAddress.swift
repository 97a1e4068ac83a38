/// An `http` or `https` URL taken apart strictly, so that no two readers of it can see different hosts.
package struct WebAddress: Equatable, Sendable {
    package let isSecure: Bool
    /// Lower case: a name of letters, digits, hyphens and dots, or an IP address (without brackets).
    package let host: String
    package let port: Int
    /// From the path on, without a fragment. Begins with `/` or is empty or begins with `?`.
    package let rest: String

    /// Bytes of an address that somebody names.
    package static let longest = 2048
    /// Bytes of one that is called: a hundred record ids of Zoho's and the names of their fields alone make more than 2 KB.
    static let longestCalled = 16_384

    /// Nil for anything that is not plainly a web address: other schemes, user names, spaces, characters beyond ASCII
    /// (an international name is written as its `xn--` form), odd spellings of IP addresses such as `127.1`.
    package init?(_ text: String, longest: Int = Self.longest) {
        guard text.utf8.count <= longest,
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "\\") }),
            let scheme = text.firstRange(of: "://")
        else { return nil }
        switch text[..<scheme.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        let afterScheme = text[scheme.upperBound...]
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        guard let (host, port) = Self.hostAndPort(authority) else { return nil }
        self.host = host
        self.port = port ?? (isSecure ? 443 : 80)
        self.rest = String(afterScheme[authority.endIndex...].prefix { $0 != "#" })
    }

    package var ipAddress: IPAddress? { IPAddress(host) }

    /// The same address in the one spelling that is given to the client.
    package var url: String {
        let name = host.contains(":") ? "[\(host)]" : host
        let isDefaultPort = port == (isSecure ? 443 : 80)
        return "\(isSecure ? "https" : "http")://\(name)\(isDefaultPort ? "" : ":\(port)")\(rest)"
    }

    private static func hostAndPort(_ authority: Substring) -> (String, Int?)? {
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            let host = authority[authority.index(after: authority.startIndex)..<end].lowercased()
            guard host.contains(":"), IPAddress(host) != nil else { return nil }
            return port(authority[authority.index(after: end)...]).map { (host, $0) }
        }
        let host = authority.prefix { $0 != ":" }.lowercased()
        guard isHostName(host) else { return nil }
        return port(authority.dropFirst(host.count)).map { (host, $0) }
    }

    /// Nil: wrong. Some nil: none given.
    private static func port(_ text: Substring) -> Int?? {
        if text.isEmpty { return .some(nil) }
        guard text.first == ":", text.utf8.count <= 6, text.dropFirst().utf8.allSatisfy(\.isASCIIDigit),
            let port = Int(text.dropFirst()), (1...65_535).contains(port)
        else { return nil }
        return port
    }

    private static func isHostName(_ host: String) -> Bool {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, let last = labels.last else { return false }
        let areLabels = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { $0.isASCIIDigit || $0.isASCIILetter || $0 == UInt8(ascii: "-") }
        }
        // A name that ends like a number is an address to some resolvers: then it must be a proper one.
        let endsLikeNumber = last.utf8.allSatisfy(\.isASCIIDigit) || last.hasPrefix("0x")
        return areLabels && (!endsLikeNumber || IPAddress(host) != nil)
    }
}
