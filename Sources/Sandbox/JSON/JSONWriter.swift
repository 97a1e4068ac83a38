import NIOCore

/// Writes JSON into bytes.
struct JSONWriter {
    /// Meta's webhooks write everything beyond ASCII as `\uXXXX` and a slash as `\/`: a receiver that verifies the
    /// signature over a body it wrote anew would not get it right.
    enum Style {
        case plain
        case escaped
    }

    private(set) var bytes: [UInt8] = []
    private let style: Style

    init(style: Style = .plain, capacity: Int = 256) {
        self.style = style
        bytes.reserveCapacity(capacity)
    }

    static func bytes(_ value: JSON, style: Style = .plain) -> [UInt8] {
        var writer = JSONWriter(style: style)
        writer.write(value)
        return writer.bytes
    }

    static func buffer(_ value: JSON) -> ByteBuffer {
        ByteBuffer(bytes: bytes(value))
    }

    mutating func write(_ value: JSON) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .integer(let number): write(number)
        case .number(let number): bytes.append(contentsOf: number.isFinite ? "\(number)".utf8 : "null".utf8)
        case .string(let text): write(text)
        case .array(let items): write(items)
        case .object(let object): write(object)
        }
    }

    mutating func raw(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func raw(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }

    mutating func write(_ number: Int64) {
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices where needsEscape(utf8[index]) {
                bytes.append(contentsOf: utf8[start..<index])
                start = index + 1
                escape(utf8[index], at: index, in: utf8, next: &start)
            }
            if start < utf8.count { bytes.append(contentsOf: utf8[start...]) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func write(_ items: [JSON]) {
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(item)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(member.key)
            bytes.append(UInt8(ascii: ":"))
            write(member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private func needsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"): true
        case UInt8(ascii: "/"): style == .escaped
        case 0x80...: style == .escaped && byte >= 0xC0  // a continuation byte was written with its leading byte
        default: false
        }
    }

    private mutating func escape(_ byte: UInt8, at index: Int, in utf8: UnsafeBufferPointer<UInt8>, next: inout Int) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        case 0..<0x20: escape(UInt16(byte))
        default:
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
            next = min(index + length, utf8.count)
            for unit in String(decoding: utf8[index..<next], as: UTF8.self).utf16 { escape(unit) }
        }
    }

    private mutating func escape(_ unit: UInt16) {
        raw("\\u")
        for shift in [12, 8, 4, 0] {
            bytes.append(Hexadecimal.digits[Int(unit >> UInt16(shift) & 0xF)])
        }
    }
}
