internal import Crypto
internal import FoundationEssentials

/// SHA-256 of a token, which is what the database keeps. Good for random tokens only: a password needs
/// ``PasswordHasher``.
///
/// Finding a row by its hash is safe: who does not know the token cannot steer the hash. `==` takes constant time all
/// the same.
package struct TokenHash: Sendable, Hashable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(of token: String) {
        bytes = Array(SHA256.hash(data: Data(token.utf8)))
    }

    /// Reads the text form; nil unless it is 64 lower-case hexadecimal digits.
    package init?(text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for position in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.value(of: digits[position]), let low = Self.value(of: digits[position + 1]) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// 64 lower-case hexadecimal digits.
    package var text: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    package static func == (lhs: Self, rhs: Self) -> Bool {
        ConstantTime.areEqual(lhs.bytes, rhs.bytes)
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
