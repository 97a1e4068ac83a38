package import Domain

/// Writes a ZIP archive into a file, piece by piece: what was written is never held. For one thread.
///
/// Format: PKWARE's APPNOTE 6.3.10. Names are UTF-8. A part is at most 4 GB minus one byte; the archive may be larger and
/// have more than 65,535 parts (64-bit directory).
package final class ZipWriter {
    /// How the bytes of a part are kept.
    package enum Method: UInt16, Sendable {
        /// As they are: what is compressed already.
        case stored = 0
        case deflated = 8
    }

    private let output: ZipOutput
    private let time: ZipTime
    private var entries: [ZipEntry] = []
    private var names: Set<String> = []
    private var current: ZipEntry?
    /// Of the part under way, not written yet: packing pays off in larger pieces.
    private var pending: [UInt8] = []
    private static let pieceBytes = 65_536

    /// - Parameters:
    ///   - descriptor: of a file that is open for reading and writing, empty; whoever opened it closes it.
    ///   - moment: written beside every part.
    package init(_ descriptor: Int32, at moment: Timestamp) {
        output = ZipOutput(descriptor)
        time = ZipTime(moment)
    }

    /// Begins a part; the one before is ended.
    /// - Parameter name: a path of ours with forward slashes; made safe by ``ZipName`` where anybody else chose it.
    /// - Throws: when the disk is full, or a part of this name is there already.
    package func begin(_ name: String, _ method: Method) throws(PuenteError) {
        try end()
        guard names.insert(name).inserted, name.utf8.count <= Int(UInt16.max), !name.isEmpty else {
            throw .exportFailed(reason: "a part of this name is there already")
        }
        let entry = ZipEntry(name: Array(name.utf8), method: method, offset: output.position)
        current = entry
        try output.write(entry.localHeader(time))
    }

    package func append(_ text: String) throws(PuenteError) {
        try append(Array(text.utf8))
    }

    package func append(_ bytes: [UInt8]) throws(PuenteError) {
        guard !bytes.isEmpty, var entry = current else { return }
        entry.checksum = DeflatePiece.checksum(bytes, after: entry.checksum)
        entry.unpacked += UInt64(bytes.count)
        current = entry
        pending += bytes
        if pending.count >= Self.pieceBytes { try writePending() }
    }

    /// Ends the archive. Without it the file is none.
    /// - Returns: its size in bytes.
    package func finish() throws(PuenteError) -> Int {
        try end()
        let start = output.position
        for entry in entries { try output.write(entry.directoryEntry(time)) }
        try output.write(ending(directoryAt: start, bytes: output.position - start))
        try output.flush()
        return Int(clamping: output.position)
    }

    /// Sizes and checksum are known only now: they go where the header left room for them.
    private func end() throws(PuenteError) {
        guard current != nil else { return }
        try writePending(isLast: true)
        guard let entry = current else { return }
        current = nil
        var sizes = ZipRecord()
        sizes.append(entry.checksum)
        sizes.append(UInt32(truncatingIfNeeded: entry.packed))
        sizes.append(UInt32(truncatingIfNeeded: entry.unpacked))
        try output.overwrite(sizes.bytes, at: entry.offset + 14)
        entries.append(entry)
    }
}

extension ZipWriter {
    private func writePending(isLast: Bool = false) throws(PuenteError) {
        guard var entry = current else { return }
        var packed = pending
        if entry.method == .deflated {
            packed = try DeflatePiece.packed(pending)
            if isLast { packed += DeflatePiece.end }
        }
        entry.packed += UInt64(packed.count)
        guard entry.unpacked < UInt64(UInt32.max), entry.packed < UInt64(UInt32.max) else {
            throw .exportFailed(reason: "a part is larger than 4 GB")
        }
        try output.write(packed)
        pending.removeAll(keepingCapacity: true)
        current = entry
    }
}

extension ZipWriter {
    private func ending(directoryAt start: UInt64, bytes: UInt64) -> [UInt8] {
        let isLong = entries.count >= Int(UInt16.max) || start >= UInt64(UInt32.max) || bytes >= UInt64(UInt32.max)
        var record = ZipRecord()
        if isLong { appendLong(ending: start, bytes, to: &record) }
        record.append(UInt32(0x0605_4B50))
        record.append(UInt16(0))
        record.append(UInt16(0))
        let count = isLong ? UInt16.max : UInt16(entries.count)
        record.append(count)
        record.append(count)
        record.append(isLong ? UInt32.max : UInt32(bytes))
        record.append(isLong ? UInt32.max : UInt32(start))
        record.append(UInt16(0))
        return record.bytes
    }

    /// The record with 64-bit numbers, and where it is.
    private func appendLong(ending start: UInt64, _ bytes: UInt64, to record: inout ZipRecord) {
        record.append(UInt32(0x0606_4B50))
        record.append(UInt64(44))
        record.append(ZipEntry.longVersion)
        record.append(ZipEntry.longVersion)
        record.append(UInt32(0))
        record.append(UInt32(0))
        record.append(UInt64(entries.count))
        record.append(UInt64(entries.count))
        record.append(bytes)
        record.append(start)
        record.append(UInt32(0x0706_4B50))
        record.append(UInt32(0))
        record.append(start + bytes)
        record.append(UInt32(1))
    }
}
