/// Writes JSON without spaces, each text as UTF-8.
struct JSONWriter {
    private var bytes: [UInt8] = []

    static func text(_ value: JSONValue) -> String {
        String(decoding: bytes(value), as: UTF8.self)
    }

    static func bytes(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.write(value)
        return writer.bytes
    }

    private mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(ascii: "null")
        case .bool(let bool): write(ascii: bool ? "true" : "false")
        case .integer(let integer): write(ascii: String(integer))
        case .number(let number): write(ascii: number.isFinite ? "\(number)" : "null")
        case .string(let text): write(text)
        case .array(let values): writeList(values, "[", "]") { $0.write($1) }
        case .object(let object):
            writeList(object.fields, "{", "}") { writer, field in
                writer.write(field.name)
                writer.write(ascii: ":")
                writer.write(field.value)
            }
        }
    }

    private mutating func writeList<Element>(
        _ elements: [Element], _ open: String, _ close: String, _ write: (inout JSONWriter, Element) -> Void
    ) {
        self.write(ascii: open)
        for (position, element) in elements.enumerated() {
            if position > 0 { self.write(ascii: ",") }
            write(&self, element)
        }
        self.write(ascii: close)
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): write(ascii: "\\n")
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                write(ascii: "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func write(ascii text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
