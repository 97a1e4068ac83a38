import Crypto
import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file on its way into the media folder: written in pieces, hashed on the way, sealed under its hash.
/// Owned by one task.
package final class MediaWriter {
    private let folder: String
    private let temporary: String
    private let descriptor: Int32
    private var hash = SHA256()
    private(set) package var size = 0
    private var isOpen = true

    init(folder: String) throws {
        self.folder = folder
        temporary = "\(folder)/.\(UUID().uuidString).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw MediaFolderError.cannotWrite(String(cString: strerror(errno))) }
    }

    deinit {
        if isOpen { discard() }
    }

    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        hash.update(bufferPointer: bytes)
        size += bytes.count
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw MediaFolderError.cannotWrite(String(cString: strerror(errno))) }
            rest = rest.dropFirst(written)
        }
    }

    /// Makes the file durable under its hash.
    /// - Returns: the hash as bytes, and in hexadecimal as the file's name.
    package func seal() throws -> (digest: [UInt8], name: String) {
        guard fsync(descriptor) == 0 else { throw MediaFolderError.cannotWrite(String(cString: strerror(errno))) }
        let digest = Array(hash.finalize())
        let name = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        close(descriptor)
        isOpen = false
        guard rename(temporary, "\(folder)/\(name)") == 0 else {
            throw MediaFolderError.cannotWrite(String(cString: strerror(errno)))
        }
        return (digest, name)
    }

    package func discard() {
        close(descriptor)
        unlink(temporary)
        isOpen = false
    }
}

package enum MediaFolderError: Error, Equatable, Sendable {
    case cannotWrite(String)
}
