import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reads small texts: the configuration, secrets, a password.
enum TextFile {
    /// Why it could not be read, in the system's words or ours, without the path.
    struct Problem: Error, Equatable, Sendable {
        let isMissing: Bool
        let reason: String
    }

    /// - Throws: when it cannot be opened, is no UTF-8 or is larger than `maxBytes`.
    static func read(_ path: String, maxBytes: Int) throws(Problem) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw problem() }
        defer { close(descriptor) }
        return try read(descriptor, maxBytes: maxBytes)
    }

    static func read(_ descriptor: Int32, maxBytes: Int) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= maxBytes {
            let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw problem() }
            if count == 0 { break }
            bytes.append(contentsOf: piece[..<count])
        }
        guard bytes.count <= maxBytes else { throw Problem(isMissing: false, reason: "larger than \(maxBytes) bytes") }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem(isMissing: false, reason: "not UTF-8")
        }
        return text
    }

    /// Without the line ends that editors and `echo` put there.
    static func withoutTrailingNewlines(_ text: String) -> String {
        var text = text[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }

    private static func problem() -> Problem {
        Problem(isMissing: errno == ENOENT, reason: String(cString: strerror(errno)))
    }
}
