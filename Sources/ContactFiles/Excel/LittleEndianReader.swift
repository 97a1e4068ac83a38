/// Reads numbers from bytes, lowest byte first; nil where the bytes end too early.
struct LittleEndianReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func uint16() -> UInt16? { number(2).map { UInt16($0) } }
    mutating func uint32() -> UInt32? { number(4).map { UInt32($0) } }
    mutating func uint64() -> UInt64? { number(8) }

    mutating func skip(_ count: Int) -> Bool { bytes(count) != nil }

    mutating func bytes(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= bytes.count - index else { return nil }
        defer { index += count }
        return bytes[index..<index + count]
    }

    private mutating func number(_ count: Int) -> UInt64? {
        bytes(count).map { $0.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
    }
}
