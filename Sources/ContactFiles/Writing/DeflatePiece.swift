internal import CZlib
internal import Domain

/// Packs bytes as ZIP holds them (raw deflate), a piece at a time: each piece ends at a byte and looks back at none before
/// it, so that pieces made one by one are one stream. Nothing has to be kept between them.
enum DeflatePiece {
    /// An empty last block.
    static let end: [UInt8] = [0x03, 0x00]

    static func packed(_ bytes: [UInt8]) throws(PuenteError) -> [UInt8] {
        guard !bytes.isEmpty else { return [] }
        var stream = z_stream()
        guard puente_deflate_raw(&stream) == Z_OK else { throw .exportFailed(reason: "zlib") }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))) + 64)
        let status = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = uInt(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = uInt(target.count)
                return deflate(&stream, Z_FULL_FLUSH)
            }
        }
        guard status == Z_OK, stream.avail_in == 0, stream.avail_out > 0 else { throw .exportFailed(reason: "zlib") }
        output.removeLast(Int(stream.avail_out))
        return output
    }

    /// The CRC-32 of what came before and these bytes.
    static func checksum(_ bytes: [UInt8], after crc: UInt32) -> UInt32 {
        bytes.withUnsafeBufferPointer { UInt32(truncatingIfNeeded: crc32(uLong(crc), $0.baseAddress, uInt($0.count))) }
    }
}
