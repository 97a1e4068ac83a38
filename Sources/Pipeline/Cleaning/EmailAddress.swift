/// An e-mail address that can be one. Whether anybody reads it, only a message would tell.
package struct EmailAddress: Hashable, Sendable {
    /// As it was written, with the domain in small letters.
    package let text: String

    /// What the address is known by: capitals reach the same mailbox.
    package var handle: String { text.lowercased() }

    /// More than any address is long, with what people write around it.
    private static let maxCellBytes = 1000
    private static let maxBytes = 254
    private static let maxLocalBytes = 64

    /// Reads a cell: blanks and brackets around the address, "mailto:" and names before it. Of several addresses, the
    /// first. Nil when none can be one.
    package init?(_ written: String) {
        guard written.utf8.count <= Self.maxCellBytes else { return nil }
        let words = written.split { $0.isWhitespace || ",;<>\"()[]".contains($0) }
        guard let text = words.lazy.compactMap(Self.address).first else { return nil }
        self.text = text
    }

    private static func address(_ word: Substring) -> String? {
        var word = word
        if word.lowercased().hasPrefix("mailto:") { word = word.dropFirst(7) }
        while word.last == "." { word.removeLast() }
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, word.utf8.count <= maxBytes, isLocal(parts[0]) else { return nil }
        let domain = parts[1].lowercased()
        return isDomain(domain) ? "\(parts[0])@\(domain)" : nil
    }

    private static func isLocal(_ local: Substring) -> Bool {
        (1...maxLocalBytes).contains(local.utf8.count)
            && local.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.unicodeScalars.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".contains($0) }
            }
    }

    private static func isDomain(_ domain: String) -> Bool {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, last.count > 1 else { return false }
        return labels.allSatisfy(isLabel) && !last.allSatisfy(\.isNumber)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.unicodeScalars.allSatisfy { isLetterOrDigit($0) || $0 == "-" }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case _ where scalar.isASCII: false
        default:
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || scalar.properties.generalCategory == .nonspacingMark
        }
    }
}

extension String {
    fileprivate func contains(_ scalar: Unicode.Scalar) -> Bool { unicodeScalars.contains(scalar) }
}
