import Crypto
import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A file on its way into the media folder: written in pieces, hashed on the way, sealed under its hash.
/// Owned by one task, on a thread that may wait for the disk.
package final class MediaWriter {
    private let folder: String
    private let temporary: String
    private let descriptor: Int32
    private var hash = SHA256()
    private(set) package var size = 0
    private var isOpen = true

    /// - Parameters:
    ///   - folder: where the finished file goes.
    ///   - drafts: where it is until then, on the same file system.
    init(folder: String, drafts: String) throws {
        self.folder = folder
        temporary = "\(drafts)/\(UUID().uuidString)"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw MediaFolderError.ofTheSystem() }
    }

    deinit {
        discard()
    }

    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        hash.update(bufferPointer: bytes)
        size += bytes.count
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw MediaFolderError.ofTheSystem() }
            rest = rest.dropFirst(written)
        }
    }

    /// The SHA-256 of what was written so far.
    package var digest: [UInt8] { Array(hash.finalize()) }

    /// Makes the file durable under its hash. One that cannot be sealed goes with this value.
    /// - Returns: the hash as bytes, and in hexadecimal as the file's name.
    package func seal() throws -> (digest: [UInt8], name: String) {
        guard fsync(descriptor) == 0 else { throw MediaFolderError.ofTheSystem() }
        let digest = digest
        let name = digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        guard rename(temporary, "\(folder)/\(name)") == 0 else { throw MediaFolderError.ofTheSystem() }
        isOpen = false
        close(descriptor)
        // Without it a power loss may forget the name, which the database counts on from now on.
        try MediaFolder.sync(folder)
        return (digest, name)
    }

    package func discard() {
        guard isOpen else { return }
        isOpen = false
        close(descriptor)
        unlink(temporary)
    }
}

package enum MediaFolderError: Error, Equatable, Sendable {
    case cannotWrite(String)

    /// Of the call that just failed.
    static func ofTheSystem() -> MediaFolderError { .cannotWrite(String(cString: strerror(errno))) }
}
