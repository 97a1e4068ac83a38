import CZlib
import Foundation

/// A ZIP archive made by hand, so that it can be made wrong.
struct TestZip {
    struct Part {
        var name: String
        var bytes: [UInt8]
        var isPacked = true
        var isEncrypted = false
        /// What the directory claims; nil for the truth.
        var claimedBytes: UInt32?
        var checksum: UInt32?
    }

    var parts: [Part]
    var comment: [UInt8] = []

    var bytes: [UInt8] {
        var archive: [UInt8] = []
        var directory: [UInt8] = []
        for part in parts {
            let packed = part.isPacked ? Self.deflated(part.bytes) : part.bytes
            let sum = part.checksum ?? UInt32(crc32(0, part.bytes, UInt32(part.bytes.count)))
            let facts =
                Self.two(part.isEncrypted ? 1 : 0) + Self.two(part.isPacked ? 8 : 0) + Self.four(0) + Self.four(sum)
                + Self.four(UInt32(packed.count)) + Self.four(part.claimedBytes ?? UInt32(part.bytes.count))
                + Self.two(UInt16(part.name.utf8.count)) + Self.two(0)
            directory += [0x50, 0x4B, 1, 2] + Self.two(20) + Self.two(20) + facts + Self.two(0) + Self.two(0)
            directory += Self.two(0) + Self.four(0) + Self.four(UInt32(archive.count)) + Array(part.name.utf8)
            archive += [0x50, 0x4B, 3, 4] + Self.two(20) + facts + Array(part.name.utf8) + packed
        }
        let start = UInt32(archive.count)
        archive += directory + [0x50, 0x4B, 5, 6] + Self.four(0)
        archive += Self.two(UInt16(parts.count)) + Self.two(UInt16(parts.count)) + Self.four(UInt32(directory.count))
        return archive + Self.four(start) + Self.two(UInt16(comment.count)) + comment
    }

    /// zlib's own format has two bytes before and four behind what ZIP wants.
    private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(UInt(bytes.count))
        var packed = [UInt8](repeating: 0, count: Int(length))
        compress2(&packed, &length, bytes, UInt(bytes.count), 9)
        return Array(packed[2..<Int(length) - 4])
    }

    static func two(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
    static func four(_ number: UInt32) -> [UInt8] { two(UInt16(number & 0xFFFF)) + two(UInt16(number >> 16)) }
}
