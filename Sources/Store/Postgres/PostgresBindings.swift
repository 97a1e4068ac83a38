/// The values of one execution in PostgreSQL's binary form, laid out for libpq.
struct PostgresBindings {
    /// Begins with a byte of nobody, so that empty values have an address too: without one they would be NULL.
    private var bytes: [UInt8] = [0]
    private var ranges: [Range<Int>?] = []
    private var lengths: [Int32] = []

    var byteCount: Int { bytes.count - 1 }

    /// - Throws: `SQLError.misuse` for a value beyond what one statement can carry.
    mutating func append(_ value: SQLValue, as type: PostgresType) throws(SQLError) {
        let start = bytes.count
        switch value {
        case .null:
            ranges.append(nil)
            lengths.append(0)
            return
        case .integer(let integer) where type == .float8: append(bits: Double(integer).bitPattern)
        case .integer(let integer): append(bits: UInt64(bitPattern: integer))
        case .real(let real): append(bits: real.bitPattern)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .blob(let blob): bytes.append(contentsOf: blob)
        }
        guard let length = Int32(exactly: bytes.count - start) else { throw .misuse("a value of over 2 GB") }
        ranges.append(start..<bytes.count)
        lengths.append(length)
    }

    mutating func removeAll() {
        bytes.removeSubrange(1...)
        ranges.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
    }

    /// Calls `body` with libpq's arrays: addresses of the values (NULL for NULL), their lengths, and their formats,
    /// which are all binary. The addresses hold during the call only.
    func withArrays<Result>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let formats = [Int32](repeating: 1, count: ranges.count)
        return bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                let values = ranges.map { range in range.flatMap { characters.baseAddress?.advanced(by: $0.lowerBound) }
                }
                return values.withUnsafeBufferPointer { values in
                    body(Int32(ranges.count), values.baseAddress, lengths, formats)
                }
            }
        }
    }

    private mutating func append(bits: UInt64) {
        withUnsafeBytes(of: bits.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
