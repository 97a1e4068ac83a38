internal import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The file of an archive: written forwards in pieces, with a few bytes set later. For one thread.
final class ZipOutput {
    private static let pieceBytes = 262_144

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var flushed: UInt64 = 0

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Where the next byte goes.
    var position: UInt64 { flushed + UInt64(buffer.count) }

    func write(_ bytes: [UInt8]) throws(PuenteError) {
        buffer += bytes
        if buffer.count >= Self.pieceBytes { try flush() }
    }

    func flush() throws(PuenteError) {
        try put(buffer, at: flushed)
        flushed += UInt64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    /// Of bytes that were written before.
    func overwrite(_ bytes: [UInt8], at position: UInt64) throws(PuenteError) {
        if position < flushed { try flush() }
        guard position >= flushed else { return try put(bytes, at: position) }
        let start = Int(position - flushed)
        buffer.replaceSubrange(start..<start + bytes.count, with: bytes)
    }

    private func put(_ bytes: [UInt8], at position: UInt64) throws(PuenteError) {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done,
                    off_t(clamping: position + UInt64(done)))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .exportFailed(reason: String(cString: strerror(errno))) }
            done += count
        }
    }
}
