import FoundationEssentials

/// Meta writes SHA-256 sums in base64 in webhooks and in hexadecimal in some answers.
package enum MediaChecksum {
    /// The 32 bytes of a sum as Meta wrote it; nil for anything else (samples hold placeholders), which proves nothing.
    package static func bytes(of text: String) -> [UInt8]? {
        if text.utf8.count == 64 {
            let digits = text.utf8.compactMap(hexDigit)
            return digits.count == 64 ? stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] } : nil
        }
        guard let data = Data(base64Encoded: text), data.count == 32 else { return nil }
        return Array(data)
    }

    /// Whether the bytes fetched are those that Meta announced; nil when it announced nothing that can be compared.
    /// - Parameter digest: the SHA-256 of what was fetched.
    package static func isMatch(_ digest: some Sequence<UInt8>, announced text: String?) -> Bool? {
        text.flatMap(bytes(of:)).map { $0.elementsEqual(digest) }
    }
}
