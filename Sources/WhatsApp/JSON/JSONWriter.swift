/// Writes a JSON value as compact text.
struct JSONWriter {
    private let isSorted: Bool
    /// Where writing may stop early; the caller cuts.
    private let limit: Int
    private var bytes: [UInt8] = []

    private init(isSorted: Bool, limit: Int) {
        self.isSorted = isSorted
        self.limit = limit
    }

    static func bytes(of value: JSON, isSorted: Bool = false, limit: Int = .max) -> [UInt8] {
        var writer = JSONWriter(isSorted: isSorted, limit: limit)
        writer.write(value)
        return writer.bytes
    }

    private mutating func write(_ value: JSON) {
        guard bytes.count < limit else { return }
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let text): append(text)
        case .string(let text): write(text)
        case .array(let elements): write(elements)
        case .object(let members): write(members)
        }
    }

    private mutating func write(_ elements: [JSON]) {
        append("[")
        for (index, element) in elements.enumerated() {
            if index > 0 { append(",") }
            write(element)
        }
        append("]")
    }

    private mutating func write(_ members: [JSON.Member]) {
        append("{")
        for (index, member) in ordered(members).enumerated() {
            if index > 0 { append(",") }
            write(member.key)
            append(":")
            write(member.value)
        }
        append("}")
    }

    private func ordered(_ members: [JSON.Member]) -> [JSON.Member] {
        isSorted ? members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) } : members
    }

    private mutating func write(_ text: String) {
        append("\"")
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20: append(byte < 0x10 ? "\\u000" : "\\u00\(byte >> 4)", String(byte & 15, radix: 16))
            default: bytes.append(byte)
            }
        }
        append("\"")
    }

    private mutating func append(_ texts: String...) {
        for text in texts { bytes.append(contentsOf: text.utf8) }
    }
}

extension JSON {
    /// Compact UTF-8, for a request's body.
    var bytes: [UInt8] { JSONWriter.bytes(of: self) }

    /// Compact text with sorted keys: equal values give equal texts.
    var sortedText: String { String(decoding: JSONWriter.bytes(of: self, isSorted: true), as: UTF8.self) }

    /// The beginning of the text, at most `limit` bytes of UTF-8, cut between characters.
    func excerpt(limit: Int = Excerpt.limit) -> String {
        Excerpt.text(of: JSONWriter.bytes(of: self, limit: limit), limit: limit)
    }
}
