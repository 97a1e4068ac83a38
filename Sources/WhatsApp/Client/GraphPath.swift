/// Path and query of a Graph call. Ids come from configuration, webhooks and Meta's answers: each is encoded, so that none
/// can become another path.
struct GraphPath: Equatable {
    let text: String

    /// - Parameter query: pairs without a value are left out.
    init(_ segments: String..., query: [(name: String, value: String?)] = []) {
        let path = segments.map { "/\(Self.encodedSegment($0))" }.joined()
        let pairs = query.compactMap { name, value in value.map { "\(name)=\(Self.encoded($0))" } }
        text = pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }

    /// "." and ".." would be taken for steps in the path.
    private static func encodedSegment(_ text: String) -> String {
        text.utf8.allSatisfy { $0 == UInt8(ascii: ".") } ? text.utf8.map { _ in "%2E" }.joined() : encoded(text)
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986.
    private static func encoded(_ text: String) -> String {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
