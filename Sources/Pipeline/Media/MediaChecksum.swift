import FoundationEssentials

/// Meta writes a file's SHA-256 as base64 in webhooks and as hexadecimal in some answers.
enum MediaChecksum {
    /// Whether `claimed` says the same as our hexadecimal hash. What cannot be read as a hash claims nothing.
    static func agrees(_ claimed: String?, with sha256: String) -> Bool {
        guard let claimed, let hexadecimal = hexadecimal(claimed) else { return true }
        return hexadecimal == sha256
    }

    private static func hexadecimal(_ claimed: String) -> String? {
        if claimed.utf8.count == 64, claimed.allSatisfy(\.isHexDigit) { return claimed.lowercased() }
        guard let bytes = Data(base64Encoded: claimed), bytes.count == 32 else { return nil }
        return bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
