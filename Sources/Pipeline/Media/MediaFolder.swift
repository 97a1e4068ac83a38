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

    /// Opens a file to be filled. Until it is sealed nobody sees it.
    package func makeFile(in workspace: WorkspaceID) throws -> MediaWriter {
        let folder = "\(path)/\(workspace)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return try MediaWriter(folder: folder)
    }

    /// Removes a file that no message shows any more, unless it was written within the last hour: somebody may be about
    /// to refer to it. It is moved aside first, so that one which comes under its name meanwhile stays.
    /// - Returns: whether it is gone.
    package func remove(_ sha256: String, in workspace: WorkspaceID, now: Timestamp) throws -> Bool {
        let path = file(sha256, in: workspace)
        guard let written = try Self.writtenAt(path) else { return true }
        guard now - written > .hours(1) else { return false }
        let aside = "\(self.path)/\(workspace)/.\(sha256).pruned"
        guard rename(path, aside) == 0 else { throw MediaFolderError.cannotWrite(String(cString: strerror(errno))) }
        if let moved = try Self.writtenAt(aside), now - moved <= .hours(1) {
            // It was written anew between the two looks. Fails only when it was once more: then that one stays.
            link(aside, path)
            unlink(aside)
            return false
        }
        guard unlink(aside) == 0 else { throw MediaFolderError.cannotWrite(String(cString: strerror(errno))) }
        return true
    }

    /// Nil when there is no such file.
    func size(of sha256: String, in workspace: WorkspaceID) throws -> Int? {
        try Self.status(file(sha256, in: workspace)).map { Int($0.st_size) }
    }

    private static func writtenAt(_ path: String) throws -> Timestamp? {
        try status(path).map { Timestamp(seconds: Int64($0.st_mtim.tv_sec)) }
    }

    private static func status(_ path: String) throws -> stat? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw MediaFolderError.cannotWrite(String(cString: strerror(errno)))
        }
        return status
    }
}
