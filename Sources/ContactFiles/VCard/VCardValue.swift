internal import Domain

/// The meaning of a vCard's values.
enum VCardValue {
    /// The parts of a value, between the separators that no backslash stands before; escapes are undone.
    /// - Parameter separator: an ASCII character, or nil when the value is one text.
    static func parts(_ value: Substring, at separator: Character?) -> [String] {
        let separator = separator?.asciiValue
        guard value.utf8.contains(where: { $0 == 0x5C || $0 == separator }) else { return [String(value)] }
        var parts: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in value.utf8 {
            if isEscaped {
                parts[parts.count - 1].append(byte | 0x20 == 0x6E ? 0x0A : byte)
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = true
            } else if byte == separator {
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        return parts.map { String(decoding: $0, as: UTF8.self) }
    }

    static func text(_ value: Substring) -> String {
        parts(value, at: nil).joined()
    }

    /// `tel:+34-612-345-678;ext=5` as a number with its extension; other values as they are.
    static func phone(_ value: String) -> String {
        guard value.prefix(4).lowercased() == "tel:" else { return value }
        let sides = value.dropFirst(4).split(separator: ";")
        guard let number = sides.first else { return "" }
        let ext = sides.dropFirst().first { $0.lowercased().hasPrefix("ext=") }
        return ext.map { "\(number) ext. \($0.dropFirst(4))" } ?? String(number)
    }

    static func email(_ value: String) -> String {
        value.prefix(7).lowercased() == "mailto:" ? String(value.dropFirst(7)) : value
    }

    /// Undoes quoted-printable (RFC 2045, 6.7): `=E5=90=8D` to bytes, then to text by their charset.
    /// - Parameter charset: as the vCard names it; UTF-8 without one, and the file's own encoding when that fails.
    static func quotedPrintable(_ value: Substring, charset: String?, file: TextEncoding) throws(PuenteError) -> String
    {
        var bytes: [UInt8] = []
        var rest = Array(value.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x3D, let high = rest.first.flatMap(hexDigit), let low = rest.dropFirst().first.flatMap(hexDigit)
            {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        let named = charset.flatMap(TextEncoding.init(charset:))
        if named == nil || named == .utf8, let text = String(validating: bytes, as: UTF8.self) { return text }
        var text: [UInt8] = []
        _ = try TextDecoder(named ?? file).decode(&bytes, into: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

extension TextEncoding {
    /// By a name that phones write, such as `UTF-8`, `iso-8859-1` or `GBK`; nil for one we do not read.
    init?(charset: String) {
        switch charset.lowercased() {
        case "utf-8", "utf8", "us-ascii", "ascii": self = .utf8
        case "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252": self = .windows1252
        case "big5", "big-5", "cp950", "big5-hkscs": self = .big5
        case "shift_jis", "shift-jis", "sjis", "cp932", "windows-31j": self = .shiftJIS
        case "gb2312", "gbk", "cp936", "gb18030": self = .gb18030
        default: return nil
        }
    }
}
