import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// The few things that a backup does with folders.
enum Folders {
    /// Makes the folder and those above it, readable by their owner alone. One that is there stays as it is.
    static func make(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// What lies in it, sorted; nothing when it is not there. Hidden entries (drafts) are left out.
    static func entries(of path: String) throws -> [String] {
        guard exists(path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Without following links.
    static func kind(of path: String) -> mode_t? {
        FileStatus(path, followsLinks: false)?.kind
    }

    static func size(of path: String) -> Int {
        FileStatus(path)?.bytes ?? 0
    }

    /// Without it a power loss may forget the names of new files.
    static func sync(_ path: String) throws(FileFailure) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileFailure(path) }
    }

    static func move(_ source: String, to destination: String) throws(FileFailure) {
        guard rename(source, destination) == 0 else { throw FileFailure(destination) }
    }

    /// Only what is ours and unfinished is removed; that it cannot be is no reason to fail.
    static func removeDraft(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}
