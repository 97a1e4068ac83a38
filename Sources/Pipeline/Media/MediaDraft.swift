import Domain
import NIOCore

/// A file that is being fetched, written on a thread of its own: neither the disk nor the hash may hold up a thread that
/// requests need.
actor MediaDraft {
    struct Sealed: Equatable, Sendable {
        /// The file's name: its SHA-256 in hexadecimal.
        let name: String
        let size: Int
    }

    private nonisolated let thread = WorkThread("puente.media-file")
    private let folder: MediaFolder
    private let workspace: WorkspaceID
    private var writer: MediaWriter?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Nothing is on the disk before the first piece; what was not sealed goes with this value.
    init(_ folder: MediaFolder, in workspace: WorkspaceID) {
        self.folder = folder
        self.workspace = workspace
    }

    func append(_ piece: ByteBuffer) throws {
        let writer = try open()
        try piece.withUnsafeReadableBytes { try writer.append($0) }
    }

    /// - Parameter isRight: is told the SHA-256 of what was written.
    /// - Returns: nil when it was not right; then nothing of it is left.
    func seal(where isRight: @Sendable ([UInt8]) -> Bool) throws -> Sealed? {
        let writer = try open()
        defer { self.writer = nil }
        guard isRight(writer.digest) else {
            writer.discard()
            return nil
        }
        return Sealed(name: try writer.seal().name, size: writer.size)
    }

    private func open() throws -> MediaWriter {
        if let writer { return writer }
        let opened = try folder.makeFile(in: workspace)
        writer = opened
        return opened
    }
}
