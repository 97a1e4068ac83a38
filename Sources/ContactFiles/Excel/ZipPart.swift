internal import CZlib
internal import Domain

/// One file of a ZIP archive, unpacked piece by piece within limits. For one thread.
final class ZipPart {
    private static let packedBufferBytes = 65_536

    private let source: ByteSource
    private let entry: ZipDirectory.Entry
    private let limits: FileLimits
    private var packed = [UInt8](repeating: 0, count: packedBufferBytes)
    /// What of `packed` zlib has not taken yet.
    private var unread = 0..<0
    private var nextOffset: Int
    private(set) var packedBytesRead = 0
    private var unpackedBytes = 0
    private var checksum: UInt = 0
    private var stream = z_stream()
    private var isAtEnd = false

    /// - Throws: when it is packed in a way no spreadsheet program uses, or lies outside the archive.
    init(_ entry: ZipDirectory.Entry, in source: ByteSource, limits: FileLimits) throws(PuenteError) {
        if entry.isEncrypted { throw .workbookEncrypted }
        guard entry.method == 0 || entry.method == 8 else { throw .workbookDamaged(entry.name) }
        guard entry.unpackedBytes <= limits.partBytes else { throw .workbookBomb }
        var header = LittleEndianReader(try source.bytes(at: entry.offset, count: 30))
        guard header.uint32() == 0x0403_4B50, header.skip(22), let nameBytes = header.uint16(),
            let extraBytes = header.uint16(), entry.packedBytes <= source.size - entry.offset - 30
        else { throw .workbookDamaged(entry.name) }
        nextOffset = entry.offset + 30 + Int(nameBytes) + Int(extraBytes)
        self.source = source
        self.entry = entry
        self.limits = limits
        if entry.method == 8, puente_inflate_raw(&stream) != Z_OK { throw .spillFailed(reason: "zlib") }
    }

    deinit {
        if entry.method == 8 { inflateEnd(&stream) }
    }

    var name: String { entry.name }
    var packedBytes: Int { entry.packedBytes }

    /// Fills the buffer as far as the part goes.
    /// - Returns: how many bytes; 0 at the end, which is reached only when the checksum is right.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(PuenteError) -> Int {
        var done = 0
        while done < buffer.count, !isAtEnd {
            if unread.isEmpty { try refill() }
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            done += entry.method == 0 ? copy(into: room) : try inflate(into: room)
        }
        unpackedBytes += done
        checksum = crc32(checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(done))
        try check()
        return done
    }

    private func refill() throws(PuenteError) {
        let wanted = min(packed.count, entry.packedBytes - packedBytesRead)
        let count = min(wanted, try source.fill(&packed, at: nextOffset))
        guard count == wanted else { throw .workbookDamaged(entry.name) }
        nextOffset += count
        packedBytesRead += count
        unread = 0..<count
        if count == 0 {
            // All of it was taken; deflate has an end mark of its own and must have reached it.
            guard entry.method == 0 else { throw .workbookDamaged(entry.name) }
            isAtEnd = true
        }
    }

    private func copy(into room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, unread.count)
        room.copyBytes(from: packed[unread.lowerBound..<unread.lowerBound + count])
        unread = unread.lowerBound + count..<unread.upperBound
        return count
    }

    private func inflate(into room: UnsafeMutableRawBufferPointer) throws(PuenteError) -> Int {
        let unread = unread
        let result = packed.withUnsafeMutableBufferPointer { bytes in
            stream.next_in = bytes.baseAddress.map { $0 + unread.lowerBound }
            stream.avail_in = UInt32(unread.count)
            stream.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.avail_out = UInt32(room.count)
            return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        self.unread = unread.upperBound - Int(stream.avail_in)..<unread.upperBound
        switch result {
        case Z_STREAM_END: isAtEnd = true
        case Z_OK, Z_BUF_ERROR: break
        default: throw .workbookDamaged(entry.name)
        }
        return room.count - Int(stream.avail_out)
    }

    private func check() throws(PuenteError) {
        if unpackedBytes > limits.partBytes { throw .workbookBomb }
        // An archive that says less than it holds is made to be believed.
        if unpackedBytes > entry.unpackedBytes { throw .workbookBomb }
        // By what was read so far: a large bomb is not unpacked as far as its size would allow.
        if unpackedBytes > limits.ratioCountsFromBytes, unpackedBytes / limits.ratio > packedBytesRead - unread.count {
            throw .workbookBomb
        }
        if isAtEnd, UInt32(truncatingIfNeeded: checksum) != entry.checksum { throw .workbookDamaged(entry.name) }
    }
}
