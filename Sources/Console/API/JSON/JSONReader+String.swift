extension JSONReader {
    mutating func string() throws(Fault) -> String {
        bytes.removeFirst()
        var text: [UInt8] = []
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: try escape().utf8)
            case 0..<0x20: throw fault("a text holds a control character", "un texto contiene un carácter de control")
            default: text.append(byte)
            }
        }
        throw fault("a text has no end", "un texto no termina")
    }

    private mutating func escape() throws(Fault) -> Character {
        switch bytes.popFirst() {
        case UInt8(ascii: "\""): "\""
        case UInt8(ascii: "\\"): "\\"
        case UInt8(ascii: "/"): "/"
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{c}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        case UInt8(ascii: "u"): Character(try scalar())
        default: throw fault("this escape is unknown", "esta secuencia de escape no se conoce")
        }
    }

    private mutating func scalar() throws(Fault) -> Unicode.Scalar {
        let first = try codeUnit()
        guard first != 0 else { throw fault("a text holds U+0000", "un texto contiene U+0000") }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xd800..<0xdc00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw fault("half of a surrogate pair", "media pareja de sustitutos")
        }
        let second = try codeUnit()
        guard (0xdc00..<0xe000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
        else { throw fault("half of a surrogate pair", "media pareja de sustitutos") }
        return scalar
    }

    private mutating func codeUnit() throws(Fault) -> UInt16 {
        let digits = bytes.prefix(4)
        let isHex = digits.count == 4 && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard isHex, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16) else {
            throw fault("four hexadecimal digits are expected", "se esperaban cuatro cifras hexadecimales")
        }
        bytes.removeFirst(4)
        return unit
    }
}
