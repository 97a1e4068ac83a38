internal import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The bytes of a contact file, readable at any place, from any thread.
enum ByteSource: Sendable {
    /// An ordinary file, open for as long as anybody reads it.
    case file(OpenFile, size: Int)
    case bytes([UInt8])

    var size: Int {
        switch self {
        case .file(_, let size): size
        case .bytes(let bytes): bytes.count
        }
    }

    /// Fills as much of the buffer as there are bytes from `offset` on, and says how many these were; 0 at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(PuenteError) -> Int {
        let wanted = min(buffer.count, size - offset)
        guard wanted > 0, offset >= 0 else { return 0 }
        switch self {
        case .bytes(let bytes):
            bytes.withUnsafeBytes { all in
                buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[offset..<offset + wanted]))
            }
            return wanted
        case .file(let file, _):
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            return try read(file.descriptor, at: offset, into: part)
        }
    }

    /// At most `count` bytes from `offset` on.
    func bytes(at offset: Int, count: Int) throws(PuenteError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, size - offset)))
        let read = try fill(&bytes, at: offset)
        bytes.removeLast(bytes.count - read)
        return bytes
    }

    /// Overwrites the beginning of `bytes` by what there is from `offset` on, and says how much that was.
    func fill(_ bytes: inout [UInt8], at offset: Int) throws(PuenteError) -> Int {
        let count: Result<Int, PuenteError> = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(PuenteError) in try read(at: offset, into: buffer) }
        }
        return try count.get()
    }

    private func read(
        _ descriptor: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
    ) throws(PuenteError) -> Int {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .contactFileUnreadable(reason: String(cString: strerror(errno))) }
            // Shorter than it was: somebody cut it while we read.
            guard count > 0 else { break }
            done += count
        }
        return done
    }
}
