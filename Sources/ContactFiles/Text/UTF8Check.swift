/// What a run of bytes is when read as UTF-8 (RFC 3629: no surrogates, nothing beyond U+10FFFF, no detours).
struct UTF8Check {
    private(set) var isValid = true
    /// Characters of two or more bytes; meaningless when invalid.
    private(set) var wideCharacters = 0
    /// Of these, the ones of three or four bytes.
    private(set) var veryWideCharacters = 0

    init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { UTF8Check($0) }
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        var index = Self.asciiPrefix(bytes, from: 0)
        while index < bytes.count {
            let length = Self.characterLength(bytes, at: index)
            guard length > 0 else {
                isValid = false
                return
            }
            if length > 1 { wideCharacters += 1 }
            if length > 2 { veryWideCharacters += 1 }
            index = length == 1 ? Self.asciiPrefix(bytes, from: index) : index + length
        }
    }

    /// The first place from `start` on that is not ASCII, eight bytes at a time.
    private static func asciiPrefix(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index + 8 <= bytes.count,
            bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
            index += 8
        }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }

    /// 0 when no character begins here.
    private static func characterLength(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        let lead = bytes[index]
        switch lead {
        case 0..<0x80: return 1
        case 0xC2...0xDF: return follows(bytes, index, 1, 0x80...0xBF) ? 2 : 0
        case 0xE0: return follows(bytes, index, 2, 0xA0...0xBF) ? 3 : 0
        case 0xED: return follows(bytes, index, 2, 0x80...0x9F) ? 3 : 0
        case 0xE1...0xEF: return follows(bytes, index, 2, 0x80...0xBF) ? 3 : 0
        case 0xF0: return follows(bytes, index, 3, 0x90...0xBF) ? 4 : 0
        case 0xF1...0xF3: return follows(bytes, index, 3, 0x80...0xBF) ? 4 : 0
        case 0xF4: return follows(bytes, index, 3, 0x80...0x8F) ? 4 : 0
        default: return 0
        }
    }

    /// Whether `count` bytes follow that continue a character, the first of them in `first`.
    private static func follows(
        _ bytes: UnsafeRawBufferPointer, _ index: Int, _ count: Int, _ first: ClosedRange<UInt8>
    ) -> Bool {
        guard index + count < bytes.count, first.contains(bytes[index + 1]) else { return false }
        return count == 1 || (2...count).allSatisfy { bytes[index + $0] & 0xC0 == 0x80 }
    }
}
