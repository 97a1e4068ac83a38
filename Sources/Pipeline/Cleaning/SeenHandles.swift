internal import Crypto
internal import FoundationEssentials

/// Which handle of the file came in which row.
///
/// Each handle is 128 bits in a hash table with open addressing (Swift's dictionary, seeded anew in each process, so that
/// nobody can make a file whose handles collide). Phone numbers are kept exactly, as their digits. Addresses and user ids
/// are kept as 127 bits of a keyed hash: among a million, two meet by chance with odds of one in 10²⁶. A handle takes some
/// 27 to 53 bytes, whatever its length.
struct SeenHandles {
    private var rows: [UInt128: UInt32] = [:]
    private let key: SymmetricKey

    private static let textBit: UInt128 = 1 << 127
    /// More digits would not fit, and no number has as many.
    private static let maxDigits = 30

    init(key: SymmetricKey) {
        self.key = key
    }

    /// - Parameter handle: canonical digits, see ``WhatsAppNumber``.
    /// - Returns: the row that claimed it; nil when none did.
    func row(phone handle: String) -> Int? {
        rows[Self.value(phone: handle)].map { Int($0) }
    }

    func row(email handle: String) -> Int? {
        rows[value(text: handle)].map { Int($0) }
    }

    func row(userID handle: String) -> Int? {
        rows[value(text: Self.text(userID: handle))].map { Int($0) }
    }

    /// The first row that claims a handle has it.
    mutating func claim(phone handle: String, row: Int) {
        claim(Self.value(phone: handle), row)
    }

    mutating func claim(email handle: String, row: Int) {
        claim(value(text: handle), row)
    }

    mutating func claim(userID handle: String, row: Int) {
        claim(value(text: Self.text(userID: handle)), row)
    }

    private mutating func claim(_ value: UInt128, _ row: Int) {
        if rows[value] == nil { rows[value] = UInt32(clamping: row) }
    }

    /// Four bits a digit, none of them 0, so that no number is the beginning of another.
    private static func value(phone digits: String) -> UInt128 {
        digits.utf8.prefix(maxDigits).reduce(UInt128(0)) { value, byte in
            value << 4 | UInt128((byte &- UInt8(ascii: "0") &+ 1) & 15)
        }
    }

    /// No address is written like this.
    private static func text(userID: String) -> String { "user \(userID)" }

    private func value(text: String) -> UInt128 {
        let hash = HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key)
        return hash.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) } | Self.textBit
    }
}
