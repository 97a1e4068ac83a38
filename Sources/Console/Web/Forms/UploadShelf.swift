import Domain
import NIOCore
import Pipeline

/// Where the files of forms go: the workspace's part of the media folder.
struct UploadShelf: Sendable {
    let media: MediaFolder
    let workspace: WorkspaceID
    let thread: WorkThread
    /// Told of a file that is larger than it may be.
    var tooLarge = PuenteError.largeFile
    /// Whether whoever reads the file says that it is empty.
    var takesEmpty = false

    func spool(named filename: String, mimeType: String, _ limit: Int) async throws -> UploadSpool {
        let spool = UploadSpool(
            filename: filename, mimeType: mimeType, limit: limit, tooLarge: tooLarge, takesEmpty: takesEmpty,
            thread: thread)
        try await spool.open(media, workspace)
        return spool
    }
}

/// A file on its way onto the disk, on a thread that may wait for the disk.
actor UploadSpool {
    private let filename: String
    private let mimeType: String
    private let limit: Int
    private let tooLarge: PuenteError
    private let takesEmpty: Bool
    private let thread: WorkThread
    private var writer: MediaWriter?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(
        filename: String, mimeType: String, limit: Int, tooLarge: PuenteError, takesEmpty: Bool, thread: WorkThread
    ) {
        self.filename = filename
        self.mimeType = mimeType
        self.limit = limit
        self.tooLarge = tooLarge
        self.takesEmpty = takesEmpty
        self.thread = thread
    }

    func open(_ media: MediaFolder, _ workspace: WorkspaceID) throws {
        writer = try media.makeFile(in: workspace)
    }

    /// - Throws: `tooLarge`; what was written so far goes with this value.
    func append(_ bytes: ByteBuffer) throws {
        guard let writer else { return }
        guard writer.size + bytes.readableBytes <= limit else { throw tooLarge }
        try bytes.withUnsafeReadableBytes { try writer.append($0) }
    }

    func seal() throws -> UploadedFile {
        guard let writer, takesEmpty || writer.size > 0 else { throw PuenteError.emptyFile }
        let size = writer.size
        let name = try writer.seal().name
        self.writer = nil
        return UploadedFile(filename: filename, mimeType: mimeType, size: size, sha256: name)
    }
}

extension PuenteError {
    static let largeFile = PuenteError(
        .tooLarge, detail: "file_size", en: "This file is larger than WhatsApp takes.",
        es: "Este archivo es más grande de lo que admite WhatsApp.")
    static let largeList = PuenteError(
        .tooLarge, detail: "file_too_large",
        en: "The file is larger than 512 MB. Divide it and import the parts one after the other.",
        es: "El archivo ocupa más de 512 MB. Divídalo e importe las partes una tras otra.")
    static let emptyFile = PuenteError(
        .invalid, detail: "file_empty", en: "This file is empty.", es: "Este archivo está vacío.")
}
