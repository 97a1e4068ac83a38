/// The fields of one serialized protocol buffer message, in the order of its bytes.
/// Source: protobuf.dev, "Encoding". Groups, which the format gave up, end the reading.
struct WireFields: Sequence, IteratorProtocol {
    struct Field {
        let number: Int
        let value: WireValue
    }

    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer.SubSequence) {
        rest = bytes
    }

    mutating func next() -> Field? {
        guard let tag = varint(), let value = value(ofType: tag & 7) else { return nil }
        return Field(number: Int(truncatingIfNeeded: tag >> 3), value: value)
    }

    private mutating func value(ofType type: UInt64) -> WireValue? {
        switch type {
        case 0: varint().map { .number($0) }
        case 1: take(8).map { .bytes($0) }
        case 2: varint().flatMap { Int(exactly: $0) }.flatMap { take($0) }.map { .bytes($0) }
        case 5: take(4).map { .bytes($0) }
        default: nil
        }
    }

    /// Seven bits a byte, the lowest first; the highest bit says that another follows.
    private mutating func varint() -> UInt64? {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = rest.popFirst(), shift < 64 {
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }

    private mutating func take(_ count: Int) -> UnsafeRawBufferPointer.SubSequence? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

/// What a field holds: a number, or bytes that are a text, a message or several numbers.
enum WireValue {
    case number(UInt64)
    case bytes(UnsafeRawBufferPointer.SubSequence)

    /// Empty for a number.
    var text: String {
        guard case .bytes(let bytes) = self else { return "" }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Empty for a number.
    var message: WireFields {
        guard case .bytes(let bytes) = self else {
            return WireFields(UnsafeRawBufferPointer(start: nil, count: 0)[...])
        }
        return WireFields(bytes)
    }

    /// 0 for bytes.
    var number: UInt64 {
        guard case .number(let number) = self else { return 0 }
        return number
    }

    var isTrue: Bool { number != 0 }
}
