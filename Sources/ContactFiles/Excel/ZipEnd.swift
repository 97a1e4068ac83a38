internal import Domain

/// The record at the end of a ZIP archive that says where its directory is.
struct ZipEnd {
    private static let recordBytes = 22
    private static let maxCommentBytes = 65_535
    private static let locatorBytes = 20

    let entries: Int
    let directoryBytes: Int
    let directoryOffset: Int

    init(_ source: ByteSource) throws(PuenteError) {
        let tailBytes = min(source.size, Self.recordBytes + Self.maxCommentBytes)
        let tail = try source.bytes(at: source.size - tailBytes, count: tailBytes)
        guard let at = Self.recordOffset(in: tail) else { throw .workbookDamaged() }
        var reader = LittleEndianReader(Array(tail[at...]))
        guard reader.skip(4), let disk = reader.uint16(), let directoryDisk = reader.uint16(),
            reader.skip(2), let entries = reader.uint16(), let bytes = reader.uint32(), let offset = reader.uint32()
        else { throw .workbookDamaged() }
        if entries == .max || bytes == .max || offset == .max {
            self = try Self(source, longRecordBefore: source.size - tailBytes + at)
        } else {
            guard disk == 0, directoryDisk == 0 else { throw .workbookDamaged() }
            self.init(entries: Int(entries), bytes: Int(bytes), offset: Int(offset))
        }
        guard directoryOffset <= source.size - directoryBytes else { throw .workbookDamaged() }
    }

    private init(entries: Int, bytes: Int, offset: Int) {
        self.entries = entries
        directoryBytes = bytes
        directoryOffset = offset
    }

    /// The record with 64-bit numbers, found through its locator, which stands right before the short record.
    private init(_ source: ByteSource, longRecordBefore end: Int) throws(PuenteError) {
        var locator = LittleEndianReader(
            try source.bytes(at: max(0, end - Self.locatorBytes), count: Self.locatorBytes))
        guard locator.uint32() == 0x0706_4B50, locator.skip(4), let at = locator.uint64().flatMap(Int.init(exactly:)),
            at < source.size
        else { throw .workbookDamaged() }
        var record = LittleEndianReader(try source.bytes(at: at, count: 56))
        guard record.uint32() == 0x0606_4B50, record.skip(28),
            let entries = record.uint64().flatMap(Int.init(exactly:)),
            let bytes = record.uint64().flatMap(Int.init(exactly:)),
            let offset = record.uint64().flatMap(Int.init(exactly:))
        else { throw .workbookDamaged() }
        self.init(entries: entries, bytes: bytes, offset: offset)
    }

    /// The last place where the record begins and its comment just fits.
    private static func recordOffset(in tail: [UInt8]) -> Int? {
        guard tail.count >= recordBytes else { return nil }
        return (0...tail.count - recordBytes).reversed().first { index in
            tail[index] == 0x50 && tail[index + 1] == 0x4B && tail[index + 2] == 0x05 && tail[index + 3] == 0x06
                && index + recordBytes + Int(tail[index + 20]) + Int(tail[index + 21]) << 8 <= tail.count
        }
    }
}
