extension JSONParser {
    /// A string, from its opening quote to behind its closing one.
    mutating func string() throws(JSONFault) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = String(decoding: bytes[start..<position], as: UTF8.self)
                position += 1
                return text
            case UInt8(ascii: "\\"), 0:
                return try escapedString(from: start)
            default:
                position += 1
            }
        }
        throw fault
    }

    /// The slow path, entered at the first byte that does not stand for itself.
    private mutating func escapedString(from start: Int) throws(JSONFault) -> String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                try appendEscape(to: &text)
            case 0:
                position += 1
                append(Self.replacement, to: &text)
            default:
                position += 1
                text.append(byte)
            }
        }
        throw fault
    }

    private static let replacement = Unicode.Scalar(0xFFFD as UInt16) ?? "?"

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONFault) {
        let letter = current
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): append(try escapedScalar(), to: &text)
        default: throw fault
        }
    }

    /// What `\uXXXX` (or two of them) stands for. Half a pair and U+0000 become U+FFFD.
    private mutating func escapedScalar() throws(JSONFault) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard UTF16.isLeadSurrogate(first) else {
            return first == 0 ? Self.replacement : Unicode.Scalar(first) ?? Self.replacement
        }
        let afterFirst = position
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            position = afterFirst
            return Self.replacement
        }
        let second = try hexadecimal()
        guard UTF16.isTrailSurrogate(second) else {
            position = afterFirst
            return Self.replacement
        }
        let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
        return Unicode.Scalar(value) ?? Self.replacement
    }

    private mutating func hexadecimal() throws(JSONFault) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = hexDigit(current) else { throw fault }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private func append(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
