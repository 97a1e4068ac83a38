internal import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Bytes that are added at the end and read at any place: in memory up to a limit, beyond it in a file without a name,
/// read through a small cache. For one thread.
final class SpillBuffer {
    private static let blockBytes = 8192
    private static let blocks = 256

    private let folder: String
    private let maxBytesInMemory: Int
    /// All bytes, or those after ``bytesInFile``.
    private var tail: [UInt8] = []
    private var bytesInFile = 0
    private var file: OpenFile?
    private var cache: [(block: Int, bytes: [UInt8])] = []

    init(folder: String, maxBytesInMemory: Int) {
        self.folder = folder
        self.maxBytesInMemory = maxBytesInMemory
    }

    var count: Int { bytesInFile + tail.count }

    func append(_ bytes: some Collection<UInt8>) throws(PuenteError) {
        tail.append(contentsOf: bytes)
        if tail.count > maxBytesInMemory { try spill() }
    }

    /// - Precondition: the range lies within what was added.
    func withBytes<Value>(_ range: Range<Int>, _ work: (UnsafeRawBufferPointer) -> Value) throws(PuenteError) -> Value {
        if range.lowerBound >= bytesInFile {
            let inTail = range.lowerBound - bytesInFile..<range.upperBound - bytesInFile
            return tail.withUnsafeBytes { work(UnsafeRawBufferPointer(rebasing: $0[inTail])) }
        }
        let block = range.lowerBound / Self.blockBytes
        let start = block * Self.blockBytes
        if range.upperBound <= min(bytesInFile, start + Self.blockBytes) {
            let slot = try load(block)
            guard range.upperBound - start <= cache[slot].bytes.count else { throw Self.cutShort }
            return cache[slot].bytes.withUnsafeBytes {
                work(UnsafeRawBufferPointer(rebasing: $0[range.lowerBound - start..<range.upperBound - start]))
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var offset = range.lowerBound
        while offset < range.upperBound {
            offset += try copy(from: offset, to: range.upperBound, into: &bytes)
        }
        return bytes.withUnsafeBytes(work)
    }

    /// The file is shorter than what was written to it.
    private static var cutShort: PuenteError { .spillFailed(reason: String(cString: strerror(EIO))) }

    /// Appends what one block, or the tail, has of the bytes wanted.
    private func copy(from offset: Int, to end: Int, into bytes: inout [UInt8]) throws(PuenteError) -> Int {
        let before = bytes.count
        if offset >= bytesInFile {
            bytes += tail[offset - bytesInFile..<end - bytesInFile]
        } else {
            let block = offset / Self.blockBytes
            let slot = try load(block)
            let start = offset - block * Self.blockBytes
            let stop = min(cache[slot].bytes.count, min(end, bytesInFile) - block * Self.blockBytes)
            guard start < stop else { throw Self.cutShort }
            bytes += cache[slot].bytes[start..<stop]
        }
        return bytes.count - before
    }

    /// The place of a block in the cache, read from the file when it is not there.
    private func load(_ block: Int) throws(PuenteError) -> Int {
        if cache.isEmpty { cache = Array(repeating: (-1, []), count: Self.blocks) }
        let slot = block % Self.blocks
        if cache[slot].block != block, let file {
            let source = ByteSource.file(file, size: bytesInFile)
            cache[slot] = (block, try source.bytes(at: block * Self.blockBytes, count: Self.blockBytes))
        }
        return slot
    }

    /// Moves whole blocks from memory to the file.
    private func spill() throws(PuenteError) {
        let file = if let file { file } else { try makeFile() }
        self.file = file
        let moved = tail.count / Self.blockBytes * Self.blockBytes
        var done = 0
        while done < moved {
            let written = tail.withUnsafeBytes { bytes in
                pwrite(
                    file.descriptor, bytes.baseAddress.map { $0 + done }, moved - done, off_t(bytesInFile + done))
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .spillFailed(reason: String(cString: strerror(errno))) }
            done += written
        }
        bytesInFile += moved
        tail.removeFirst(moved)
    }

    private func makeFile() throws(PuenteError) -> OpenFile {
        var template = Array("\(folder)/puente-XXXXXX".utf8CString)
        let descriptor = template.withUnsafeMutableBufferPointer { name -> Int32 in
            guard let start = name.baseAddress else { return -1 }
            let descriptor = mkstemp(start)
            // Nobody else finds it, and it goes with the process.
            if descriptor >= 0 {
                unlink(start)
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            }
            return descriptor
        }
        guard descriptor >= 0 else { throw .spillFailed(reason: String(cString: strerror(errno))) }
        return OpenFile(descriptor)
    }
}
