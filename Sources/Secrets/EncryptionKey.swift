internal import Crypto
internal import FoundationEssentials

/// One line of the key ring: a 256-bit key and the name that ciphertexts carry.
///
/// The key itself encrypts nothing: each use derives a key of its own from it, so that no use can weaken another.
package struct EncryptionKey: Sendable {
    /// 1 to 32 letters, digits, "-" or "_".
    package let id: String
    private let secret: SymmetricKey

    static let byteCount = 32

    /// Nil unless the id has its form and the key its length.
    init?(id: String, bytes: some Sequence<UInt8>) {
        let secret = SymmetricKey(data: Array(bytes))
        guard Self.isID(id), secret.bitCount == Self.byteCount * 8 else { return nil }
        self.id = id
        self.secret = secret
    }

    /// A new random key.
    static func random(id: String) -> EncryptionKey? {
        SymmetricKey(size: .bits256).withUnsafeBytes { EncryptionKey(id: id, bytes: $0) }
    }

    static func isID(_ text: some StringProtocol) -> Bool {
        (1...32).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// The key for one use. The name of a use never changes: what was written with it would be lost.
    func derived(for use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, info: Data("puente/\(use)".utf8), outputByteCount: Self.byteCount)
    }

    /// Four bytes that tell whether a ciphertext was made with this key, without telling anything about the key.
    var checkValue: [UInt8] {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Data("puente/check".utf8), outputByteCount: 4)
            .withUnsafeBytes { Array($0) }
    }

    /// `id: key`, the key in base 64.
    var line: String {
        "\(id): \(secret.withUnsafeBytes { Data($0) }.base64EncodedString())"
    }
}

/// Keys never appear in logs, errors or dumps.
extension EncryptionKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
