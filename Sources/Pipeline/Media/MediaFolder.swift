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

    package func read(_ sha256: String, in workspace: WorkspaceID) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(sha256, in: workspace))))
    }
}
