package import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The files of messages: `{workspace}/{sha256}` under one folder, so that the same file is kept once and its name
/// proves its content. Several nodes share the folder.
package struct MediaFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    package func file(_ sha256: String, in workspace: WorkspaceID) -> String {
        "\(path)/\(workspace)/\(sha256)"
    }

    /// Where files are while they are written: hidden, so that no backup takes them along.
    private var drafts: String { "\(path)/.drafts" }

    /// Opens a file to be filled. Until it is sealed nobody sees it.
    package func makeFile(in workspace: WorkspaceID) throws -> MediaWriter {
        let folder = "\(path)/\(workspace)"
        try makeFolder(drafts)
        try makeFolder(folder)
        return try MediaWriter(folder: folder, drafts: drafts)
    }

    /// Removes what a program that was killed had begun to write.
    /// - Parameter age: since the last byte came; longer than any transfer takes a pause.
    /// - Returns: how many files went.
    package func removeDrafts(olderThan age: Duration, now: Timestamp) throws -> Int {
        guard try Self.status(drafts) != nil else { return 0 }
        return try FileManager.default.contentsOfDirectory(atPath: drafts).count { name in
            let draft = "\(drafts)/\(name)"
            guard let written = try Self.writtenAt(draft), now - written > age else { return false }
            return unlink(draft) == 0
        }
    }

    /// Removes a file that no message shows any more, unless it was written a moment ago: somebody may be about to refer
    /// to it. It is moved aside first, so that one which comes under its name meanwhile stays.
    /// - Parameter age: how long ago it must have been written.
    /// - Returns: whether it is gone.
    package func remove(
        _ sha256: String, in workspace: WorkspaceID, settledFor age: Duration = .hours(1), now: Timestamp
    ) throws -> Bool {
        let path = file(sha256, in: workspace)
        guard let written = try Self.writtenAt(path) else { return true }
        guard now - written > age else { return false }
        try makeFolder(drafts)
        let aside = "\(drafts)/\(workspace)-\(sha256).pruned"
        guard rename(path, aside) == 0 else { throw MediaFolderError.ofTheSystem() }
        if let moved = try Self.writtenAt(aside), now - moved <= age {
            // It was written anew between the two looks. Fails only when it was once more: then that one stays.
            link(aside, path)
            unlink(aside)
            return false
        }
        guard unlink(aside) == 0 else { throw MediaFolderError.ofTheSystem() }
        return true
    }

    /// Nil when there is no such file.
    func size(of sha256: String, in workspace: WorkspaceID) throws -> Int? {
        try Self.status(file(sha256, in: workspace)).map { Int($0.st_size) }
    }

    private func makeFolder(_ folder: String) throws {
        guard try Self.status(folder) == nil else { return }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try Self.sync(path)
    }

    /// Makes the names in a folder survive a power loss.
    static func sync(_ folder: String) throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw MediaFolderError.ofTheSystem() }
        defer { close(descriptor) }
        // File systems that keep names safe by themselves say that there is nothing to do.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw MediaFolderError.ofTheSystem() }
    }

    /// Nil when there is no such file.
    func writtenAt(_ sha256: String, in workspace: WorkspaceID) throws -> Timestamp? {
        try Self.writtenAt(file(sha256, in: workspace))
    }

    private static func writtenAt(_ path: String) throws -> Timestamp? {
        try status(path).map { Timestamp(seconds: Int64($0.st_mtim.tv_sec)) }
    }

    private static func status(_ path: String) throws -> stat? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw MediaFolderError.ofTheSystem()
        }
        return status
    }
}
