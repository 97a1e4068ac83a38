package import Domain
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Where the files are that people are given: in a hidden part of the media folder, so that no backup takes them along
/// and every node can hand them out.
package struct ExportFolder: Sendable {
    private let path: String

    package init(_ media: MediaFolder) {
        path = "\(media.path)/.exports"
    }

    package func file(_ export: PersonExportID, in workspace: WorkspaceID) -> String {
        "\(path)/\(workspace)-\(export).zip"
    }

    /// Opens the file of an export that is being made; what an interrupted one left is begun anew.
    /// - Returns: a descriptor that the caller closes, and the name of the draft.
    func openDraft(of export: PersonExportID, in workspace: WorkspaceID) throws -> (descriptor: Int32, draft: String) {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let draft = file(export, in: workspace) + ".part"
        let descriptor = open(draft, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw MediaFolderError.ofTheSystem() }
        return (descriptor, draft)
    }

    /// Gives a finished draft its name.
    func seal(_ draft: String, _ descriptor: Int32, as export: PersonExportID, in workspace: WorkspaceID) throws {
        guard fsync(descriptor) == 0, rename(draft, file(export, in: workspace)) == 0 else {
            throw MediaFolderError.ofTheSystem()
        }
        try MediaFolder.sync(path)
    }

    /// Removes the file of an export, finished or not.
    func remove(_ export: PersonExportID, in workspace: WorkspaceID) throws {
        let file = file(export, in: workspace)
        for name in [file, file + ".part"] {
            guard unlink(name) == 0 || errno == ENOENT else { throw MediaFolderError.ofTheSystem() }
        }
    }
}
