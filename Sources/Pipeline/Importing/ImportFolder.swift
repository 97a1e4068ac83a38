package import Domain

#if canImport(Glibc)
    import Glibc
#endif

/// Where lists lie from their upload until they are written: a hidden folder beside the files of messages, which no backup
/// takes along. Several nodes share it.
package struct ImportFolder: Sendable {
    package let files: MediaFolder

    /// - Parameter media: the folder of messages' files.
    package init(beside media: MediaFolder) {
        files = MediaFolder(path: media.path + "/.imports")
    }

    func file(_ sha256: String, in workspace: WorkspaceID) -> ImportFile {
        ImportFile(path: files.file(sha256, in: workspace))
    }

    /// One that no import has come to read. That it is gone already is as good.
    func remove(_ sha256: String, in workspace: WorkspaceID) {
        unlink(files.file(sha256, in: workspace))
    }
}
