/// Names with their values, in the order they came; a name may come often.
struct FormFields: Equatable, Sendable {
    /// A form of ours has a few dozen; a list with everything chosen, a few hundred.
    static let maxCount = 1000

    private(set) var pairs: [(name: String, value: String)] = []

    init() {}

    /// Reads `application/x-www-form-urlencoded`, also a query. Pairs beyond ``maxCount`` are left out.
    init(urlEncoded text: String) {
        for pair in text.split(separator: "&", maxSplits: Self.maxCount).prefix(Self.maxCount) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let name = Self.decoded(first) else { continue }
            guard let value = Self.decoded(parts.count == 2 ? parts[1] : "") else { continue }
            pairs.append((name, value))
        }
    }

    /// - Returns: false when there are too many already.
    mutating func add(_ name: String, _ value: String) -> Bool {
        guard pairs.count < Self.maxCount else { return false }
        pairs.append((name, value))
        return true
    }

    /// The first value of a name.
    subscript(name: String) -> String? {
        pairs.first { $0.name == name }?.value
    }

    func all(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.pairs.elementsEqual(rhs.pairs) { $0.name == $1.name && $0.value == $1.value }
    }

    /// Undoes percent-encoding and reads "+" as a space; nil for broken escapes and what is no UTF-8.
    static func decoded(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
