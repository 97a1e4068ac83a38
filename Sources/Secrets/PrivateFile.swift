internal import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A small text file that belongs to its owner alone (mode 0600). Writing is all or nothing, and durable.
struct PrivateFile {
    private static let maxBytes = 65_536

    let path: String

    /// Refuses files that others can read, that are not ordinary files, or that are larger than any key ring.
    func contents() throws(PuenteError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .keyRingMissing(path) : .keyRingUnusable(path, reason: systemReason())
        }
        defer { close(descriptor) }
        try check(descriptor)
        guard let text = String(validating: try bytes(of: descriptor), as: UTF8.self) else {
            throw .keyRingDamaged(path, en: "it is no text", es: "no es un texto")
        }
        return text
    }

    /// Makes the file; nobody sees it half written, and of two who make it at once one is refused.
    func create(_ text: String) throws(PuenteError) {
        let draft = try writeDraft(text)
        defer { unlink(draft) }
        // Unlike a rename, a link never takes another file's place.
        guard link(draft, path) == 0 else {
            throw errno == EEXIST ? .keyRingExists(path) : .keyRingUnusable(path, reason: systemReason())
        }
        try syncFolder()
    }

    /// Takes the place of the file that is there; a crash leaves the old one or the new one.
    func replace(_ text: String) throws(PuenteError) {
        let draft = try writeDraft(text)
        guard rename(draft, path) == 0 else {
            let error = PuenteError.keyRingUnusable(path, reason: systemReason())
            unlink(draft)
            throw error
        }
        try syncFolder()
    }

    /// Mode and kind are asked of the open file, so that it cannot be exchanged in between.
    private func check(_ descriptor: Int32) throws(PuenteError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .keyRingUnusable(path, reason: systemReason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .keyRingUnusable(path, reason: "not an ordinary file") }
        guard status.st_mode & 0o077 == 0 else { throw .keyRingExposed(path) }
        guard status.st_size <= Self.maxBytes else { throw .keyRingUnusable(path, reason: "too large") }
    }

    private func bytes(of descriptor: Int32) throws(PuenteError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.maxBytes)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count == 0 { break }
            if count > 0 {
                filled += count
            } else if errno != EINTR {
                throw .keyRingUnusable(path, reason: systemReason())
            }
        }
        return Array(bytes[..<filled])
    }

    /// A file beside this one with its coming content, on disk.
    private func writeDraft(_ text: String) throws(PuenteError) -> String {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max))"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .keyRingUnusable(path, reason: systemReason()) }
        defer { close(descriptor) }
        var text = text
        let isWritten = text.withUTF8 { write(descriptor, $0.baseAddress, $0.count) == $0.count }
        guard isWritten, fsync(descriptor) == 0 else {
            let error = PuenteError.keyRingUnusable(path, reason: systemReason())
            unlink(draft)
            throw error
        }
        return draft
    }

    /// Without it a power loss may forget the new name.
    private func syncFolder() throws(PuenteError) {
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .keyRingUnusable(path, reason: systemReason()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .keyRingUnusable(path, reason: systemReason()) }
    }

    private func systemReason() -> String {
        String(cString: strerror(errno))
    }
}
