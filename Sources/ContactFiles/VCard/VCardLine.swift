/// One content line of a vCard, unfolded: `item1.TEL;TYPE=cell,voice:+34 …`.
struct VCardLine {
    private typealias Bytes = Substring.UTF8View

    /// In capitals, without a group before it.
    let name: String
    /// In capitals; what stands alone (`TEL;CELL`, as version 2.1 writes) is under the empty name.
    let parameters: [String: [String]]
    /// As written: still escaped, still quoted-printable.
    let value: Substring

    /// Nil when there is no colon that ends a name.
    init?(_ text: String) {
        guard let colon = Self.colon(in: text) else { return nil }
        var parts = Self.split(text[..<colon].utf8, at: 0x3B)[...]
        guard let first = parts.popFirst() else { return nil }
        name = Substring(first.split(separator: 0x2E).last ?? first).uppercased()
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isNameByte) else { return nil }
        var parameters: [String: [String]] = [:]
        for part in parts {
            let sides = part.split(separator: 0x3D, maxSplits: 1)
            let key = sides.count == 2 ? Substring(sides[0]).uppercased() : ""
            parameters[key, default: []] += Self.split(sides.last ?? part, at: 0x2C).map(Self.unquoted)
        }
        self.parameters = parameters
        value = text[text.utf8.index(after: colon)...]
    }

    /// What kinds of number or address it is, in small letters: `cell`, `pref`, `fax`, …
    var types: Set<String> {
        guard !parameters.isEmpty else { return [] }
        var types = Set(((parameters["TYPE"] ?? []) + (parameters[""] ?? [])).map { $0.lowercased() })
        if parameters["PREF"]?.first == "1" { types.insert("pref") }
        return types
    }

    var isQuotedPrintable: Bool {
        let encodings = (parameters["ENCODING"] ?? []) + (parameters[""] ?? [])
        return encodings.contains { $0.uppercased() == "QUOTED-PRINTABLE" }
    }

    var charset: String? { parameters["CHARSET"]?.first }

    /// The first colon outside quotation marks.
    private static func colon(in text: String) -> String.Index? {
        var isQuoted = false
        return text.utf8.indices.first { index in
            let byte = text.utf8[index]
            if byte == 0x22 { isQuoted.toggle() }
            return byte == 0x3A && !isQuoted
        }
    }

    private static func split(_ bytes: Bytes, at separator: UInt8) -> [Bytes] {
        var isQuoted = false
        return bytes.split(omittingEmptySubsequences: false) { byte in
            if byte == 0x22 { isQuoted.toggle() }
            return byte == separator && !isQuoted
        }
    }

    private static func unquoted(_ bytes: Bytes) -> String {
        let isQuoted = bytes.count > 1 && bytes.first == 0x22 && bytes.last == 0x22
        return String(Substring(isQuoted ? bytes.dropFirst().dropLast() : bytes))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}
