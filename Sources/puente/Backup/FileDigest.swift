import Crypto
import Domain
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// SHA-256 of a file, and copying that takes it on the way. Files of any size, a piece at a time.
enum FileDigest {
    private static let pieceBytes = 1 << 20

    /// 64 lower-case hexadecimal digits.
    static func sha256(of path: String) throws(FileFailure) -> String {
        var hash = SHA256()
        try read(path) { piece throws(FileFailure) in hash.update(bufferPointer: piece) }
        return text(hash.finalize())
    }

    /// Copies a file to a new one and makes it durable; nothing stays behind when it fails.
    /// - Returns: the hash of what was copied.
    static func copy(_ source: String, to destination: String) throws(FileFailure) -> String {
        let descriptor = open(destination, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(destination) }
        do throws(FileFailure) {
            defer { close(descriptor) }
            var hash = SHA256()
            try read(source) { piece throws(FileFailure) in
                hash.update(bufferPointer: piece)
                try write(piece, to: descriptor, path: destination)
            }
            guard fsync(descriptor) == 0 else { throw FileFailure(destination) }
            return text(hash.finalize())
        } catch {
            unlink(destination)
            throw error
        }
    }

    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }

    private static func read(
        _ path: String, _ take: (UnsafeRawBufferPointer) throws(FileFailure) -> Void
    ) throws(FileFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path) }
        defer { close(descriptor) }
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = Glibc.read(descriptor, piece.baseAddress, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileFailure(path) }
            if count == 0 { return }
            try take(UnsafeRawBufferPointer(rebasing: piece[..<count]))
        }
    }

    private static func write(
        _ piece: UnsafeRawBufferPointer, to descriptor: Int32, path: String
    ) throws(FileFailure) {
        var rest = piece[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileFailure(path) }
            rest = rest.dropFirst(count)
        }
    }

    private static func text(_ digest: SHA256Digest) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

/// What the system said about a file.
struct FileFailure: Error, Equatable, Sendable {
    let path: String
    let code: Int32

    /// - Parameter code: by default that of the call that just failed.
    init(_ path: String, code: Int32 = errno) {
        self.path = path
        self.code = code
    }

    var sentence: LocalizedText {
        let reason = String(cString: strerror(code))
        return LocalizedText(en: "\(path): \(reason).", es: "\(path): \(reason).")
    }
}
