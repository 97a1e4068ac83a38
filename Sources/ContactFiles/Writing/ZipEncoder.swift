internal import Domain

/// Writes a ZIP archive from front to back: what a part's length is stands behind it, so that nobody need go back.
struct ZipEncoder {
    private struct Entry {
        let name: [UInt8]
        let offset: UInt32
        var checksum: UInt32 = 0
        var packed = 0
        var plain = 0
    }

    private static let flags: UInt16 = 0x0808  // lengths behind the data, names in UTF-8
    private static let version: UInt16 = 20
    private static let deflated: UInt16 = 8
    /// 1 January 1980, the first day that the format knows.
    private static let date: UInt16 = 0x0021

    private var entries: [Entry] = []
    private var buffer: [UInt8] = []
    /// Of all that was written, taken away or not.
    private var written = 0

    /// What was written since the last time.
    mutating func take() -> [UInt8] {
        defer { buffer.removeAll(keepingCapacity: true) }
        return buffer
    }

    mutating func beginPart(_ name: String) {
        let entry = Entry(name: Array(name.utf8), offset: UInt32(truncatingIfNeeded: written))
        entries.append(entry)
        write(bytes(0x0403_4B50 as UInt32) + bytes(Self.version) + bytes(Self.flags) + bytes(Self.deflated))
        write(bytes(0 as UInt16) + bytes(Self.date) + [UInt8](repeating: 0, count: 12))
        write(bytes(UInt16(entry.name.count)) + bytes(0 as UInt16) + entry.name)
    }

    mutating func add(_ content: [UInt8]) throws(PuenteError) {
        let packed = try DeflatePiece.packed(content)
        write(packed)
        let last = entries.count - 1
        entries[last].checksum = DeflatePiece.checksum(content, after: entries[last].checksum)
        entries[last].packed += packed.count
        entries[last].plain += content.count
        // Larger archives need another form, which not every spreadsheet program reads.
        guard written < Int(UInt32.max) / 2, entries[last].plain < Int(UInt32.max) / 2 else {
            throw .exportTooLarge
        }
    }

    mutating func endPart() {
        write(DeflatePiece.end)
        let last = entries.count - 1
        entries[last].packed += DeflatePiece.end.count
        write(bytes(0x0807_4B50 as UInt32) + sizes(entries[last]))
    }

    mutating func finish() {
        let start = written
        for entry in entries {
            write(bytes(0x0201_4B50 as UInt32) + bytes(Self.version) + bytes(Self.version) + bytes(Self.flags))
            write(bytes(Self.deflated) + bytes(0 as UInt16) + bytes(Self.date) + sizes(entry))
            write(bytes(UInt16(entry.name.count)) + [UInt8](repeating: 0, count: 12) + bytes(entry.offset) + entry.name)
        }
        let count = UInt16(truncatingIfNeeded: entries.count)
        let length = UInt32(truncatingIfNeeded: written - start)
        write(bytes(0x0605_4B50 as UInt32) + bytes(0 as UInt32) + bytes(count) + bytes(count))
        write(bytes(length) + bytes(UInt32(truncatingIfNeeded: start)) + bytes(0 as UInt16))
    }

    private func sizes(_ entry: Entry) -> [UInt8] {
        bytes(entry.checksum) + bytes(UInt32(truncatingIfNeeded: entry.packed))
            + bytes(UInt32(truncatingIfNeeded: entry.plain))
    }

    private mutating func write(_ bytes: [UInt8]) {
        buffer += bytes
        written += bytes.count
    }

    private func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}

extension PuenteError {
    static var exportTooLarge: PuenteError {
        PuenteError(
            .tooLarge, detail: "export_too_large",
            en: "That is more than an Excel file holds. Choose CSV.",
            es: "Es más de lo que cabe en un archivo de Excel. Elija CSV.")
    }
}
