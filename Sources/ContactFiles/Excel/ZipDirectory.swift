internal import Domain

/// The list of files in a ZIP archive, read from its end, with bounds on what it may ask for.
/// Format: PKWARE's APPNOTE 6.3.10, with its 64-bit fields; archives in several parts are refused.
struct ZipDirectory {
    struct Entry: Equatable {
        /// With forward slashes, in small letters: programs disagree on both.
        let name: String
        let isEncrypted: Bool
        /// 0 stored, 8 deflate.
        let method: UInt16
        let checksum: UInt32
        let packedBytes: Int
        let unpackedBytes: Int
        /// Where its local header is.
        let offset: Int
    }

    private static let maxBytes = 4_000_000

    let entries: [Entry]

    init(_ source: ByteSource, limits: FileLimits) throws(PuenteError) {
        let end = try ZipEnd(source)
        guard end.entries <= limits.workbookParts, end.directoryBytes <= Self.maxBytes else {
            throw .workbookBomb
        }
        let bytes = try source.bytes(at: end.directoryOffset, count: end.directoryBytes)
        var reader = LittleEndianReader(bytes)
        var entries: [Entry] = []
        while entries.count < end.entries {
            guard let entry = Self.entry(&reader) else { throw .workbookDamaged() }
            entries.append(entry)
        }
        self.entries = entries
    }

    func entry(_ name: String) -> Entry? {
        let name = name.lowercased()
        return entries.first { $0.name == name }
    }

    private static func entry(_ reader: inout LittleEndianReader) -> Entry? {
        guard reader.uint32() == 0x0201_4B50, reader.skip(4), let flags = reader.uint16(),
            let method = reader.uint16(), reader.skip(4), let checksum = reader.uint32(),
            let packed = reader.uint32(), let unpacked = reader.uint32(), let nameBytes = reader.uint16(),
            let extraBytes = reader.uint16(), let commentBytes = reader.uint16(), reader.skip(8),
            let offset = reader.uint32(), let name = reader.bytes(Int(nameBytes)),
            let extra = reader.bytes(Int(extraBytes)), reader.skip(Int(commentBytes)),
            let sizes = Sizes(unpacked: unpacked, packed: packed, offset: offset, extra: Array(extra))
        else { return nil }
        return Entry(
            name: String(decoding: name.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self).lowercased(),
            isEncrypted: flags & 1 != 0, method: method, checksum: checksum, packedBytes: sizes.packed,
            unpackedBytes: sizes.unpacked, offset: sizes.offset)
    }

    /// Sizes that may be too large for 32 bits; then they are in the extra field 1, in this order.
    private struct Sizes {
        var unpacked: Int
        var packed: Int
        var offset: Int

        init?(unpacked: UInt32, packed: UInt32, offset: UInt32, extra: [UInt8]) {
            (self.unpacked, self.packed, self.offset) = (Int(unpacked), Int(packed), Int(offset))
            guard [unpacked, packed, offset].contains(.max) else { return }
            guard var field = Self.field64(in: extra) else { return nil }
            for (value, path) in [(unpacked, \Sizes.unpacked), (packed, \Sizes.packed), (offset, \Sizes.offset)]
            where value == .max {
                guard let long = field.uint64(), let size = Int(exactly: long) else { return nil }
                self[keyPath: path] = size
            }
        }

        private static func field64(in extra: [UInt8]) -> LittleEndianReader? {
            var reader = LittleEndianReader(extra)
            while let kind = reader.uint16(), let count = reader.uint16(), let bytes = reader.bytes(Int(count)) {
                if kind == 1 { return LittleEndianReader(Array(bytes)) }
            }
            return nil
        }
    }
}
