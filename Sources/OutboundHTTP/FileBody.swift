import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The pieces of an ``OutboundFile``, read one by one as the connection takes them.
struct FileBody: AsyncSequence, Sendable {
    let file: OutboundFile
    let mark: WatchedBody.Mark

    func makeAsyncIterator() -> Iterator {
        Iterator(file: file, mark: mark)
    }

    struct Iterator: AsyncIteratorProtocol {
        private enum Place { case head, file, tail, end }

        private static let pieceSize = 256 << 10

        private let file: OutboundFile
        private let mark: WatchedBody.Mark
        private var place = Place.head
        private var reader: FileReader?
        private var rest: Int

        init(file: OutboundFile, mark: WatchedBody.Mark) {
            self.file = file
            self.mark = mark
            rest = file.byteCount
        }

        mutating func next() async throws -> ByteBuffer? {
            mark.move()
            switch place {
            case .head:
                // Before anything is written: a file that cannot be opened was certainly not sent.
                reader = try await NIOThreadPool.singleton.runIfActive { [path = file.path] in try FileReader(path) }
                mark.take()
                place = rest > 0 ? .file : .tail
                return ByteBuffer(bytes: file.head)
            case .file:
                let piece = try await nextPiece()
                rest -= piece.readableBytes
                if rest == 0 { place = .tail }
                return piece
            case .tail:
                place = .end
                return ByteBuffer(bytes: file.tail)
            case .end:
                return nil
            }
        }

        private func nextPiece() async throws -> ByteBuffer {
            guard let reader else { throw OutboundFileFailure(description: "\(file.path) is not open") }
            let count = Swift.min(rest, Self.pieceSize)
            return try await NIOThreadPool.singleton.runIfActive { try reader.read(atMost: count) }
        }
    }
}

/// An open file, read from its beginning. One call at a time.
private final class FileReader: Sendable {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        self.path = path
        guard descriptor >= 0 else {
            throw OutboundFileFailure(description: "\(path): \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// - Returns: at least one byte.
    func read(atMost count: Int) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        let read = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
            while true {
                #if canImport(Glibc)
                    let read = Glibc.read(descriptor, bytes.baseAddress, count)
                #else
                    let read = Darwin.read(descriptor, bytes.baseAddress, count)
                #endif
                if read >= 0 { return read }
                if errno != EINTR {
                    throw OutboundFileFailure(description: "\(path): \(String(cString: strerror(errno)))")
                }
            }
        }
        guard read > 0 else { throw OutboundFileFailure(description: "\(path) has become shorter") }
        return buffer
    }
}
