/// Crockford's base 32: digits and capitals without I, L, O and U, so that ids can be read out and typed.
enum CrockfordBase32 {
    static let length = 13
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    static func encode(_ value: Int64) -> String {
        String(unsafeUninitializedCapacity: length) { buffer in
            var rest = UInt64(bitPattern: value)
            for position in stride(from: length - 1, through: 0, by: -1) {
                buffer[position] = alphabet[Int(rest & 31)]
                rest >>= 5
            }
            return length
        }
    }

    /// Nil unless the text is exactly 13 characters of the alphabet (either case) that hold a non-negative value.
    static func decode(_ text: String) -> Int64? {
        guard text.utf8.count == length else { return nil }
        var value: UInt64 = 0
        for (position, byte) in text.utf8.enumerated() {
            guard let digit = digit(of: byte) else { return nil }
            // 13 × 5 bits are two more than 63: the first character may carry three bits only.
            if position == 0, digit > 7 { return nil }
            value = value << 5 | digit
        }
        return Int64(bitPattern: value)
    }

    private static func digit(of byte: UInt8) -> UInt64? {
        let upper = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 32 : byte
        return alphabet.firstIndex(of: upper).map(UInt64.init)
    }
}
