import ContactFiles
import Domain
import Foundation
import Store

#if canImport(Glibc)
    import Glibc
#endif

/// One person's file on its way onto the disk, on a thread that may wait for the disk.
actor PersonArchive {
    private static let pieceBytes = 262_144

    private nonisolated let thread: WorkThread
    private let exports: ExportFolder
    private let media: MediaFolder
    private let export: PersonExport
    private var current: (descriptor: Int32, draft: String, writer: ZipWriter)?
    private var files: Set<String> = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ export: PersonExport, exports: ExportFolder, media: MediaFolder, thread: WorkThread) {
        self.export = export
        self.exports = exports
        self.media = media
        self.thread = thread
    }

    func begin(at now: Timestamp) throws {
        let (descriptor, draft) = try exports.openDraft(of: export.id, in: export.workspace)
        current = (descriptor, draft, ZipWriter(descriptor, at: now))
    }

    /// Begins a text in the archive; the one before is ended.
    func begin(_ name: String) throws {
        try current?.writer.begin(name, .deflated)
    }

    func append(_ text: String) throws {
        try current?.writer.append(text)
    }

    /// Adds a file of the media folder as it is, unless it is in the archive already.
    func add(_ sha256: String, as name: String) throws {
        guard files.insert(name).inserted, let writer = current?.writer else { return }
        let file = open(media.file(sha256, in: export.workspace), O_RDONLY | O_CLOEXEC)
        // It went while the archive was written: the page names it, and has no link to it.
        guard file >= 0 else { return }
        defer { close(file) }
        try writer.begin(name, .stored)
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw MediaFolderError.ofTheSystem() }
            if count == 0 { return }
            try writer.append(Array(piece[..<count]))
        }
    }

    /// Which of the files are in the media folder now.
    func present(among files: [PersonMessage.File]) throws -> Set<MediaID> {
        Set(
            try files.filter { file in
                try file.sha256.flatMap { try media.size(of: $0, in: export.workspace) } != nil
            }.map(\.id))
    }

    /// - Returns: the size of the archive in bytes.
    func seal() throws -> Int {
        guard let (descriptor, draft, writer) = current else { return 0 }
        let size = try writer.finish()
        try exports.seal(draft, descriptor, as: export.id, in: export.workspace)
        close(descriptor)
        current = nil
        return size
    }

    /// Nothing of it stays.
    func discard() throws {
        if let descriptor = current?.descriptor { close(descriptor) }
        current = nil
        try exports.remove(export.id, in: export.workspace)
    }
}

extension PersonMessage.File {
    /// Where it lies in the archive.
    var path: String {
        let name = ZipName.safe(filename ?? "")
        let shown = name.isEmpty ? "\(kind)\(ending)" : name
        return "media/\((sha256 ?? "").prefix(16))-\(shown)"
    }

    private var ending: String {
        switch mimeType?.prefix(while: { $0 != ";" }) {
        case "image/jpeg": ".jpg"
        case "image/png": ".png"
        case "image/webp": ".webp"
        case "video/mp4": ".mp4"
        case "video/3gpp": ".3gp"
        case "audio/ogg": ".ogg"
        case "audio/mpeg": ".mp3"
        case "audio/aac": ".aac"
        case "audio/amr": ".amr"
        case "audio/mp4": ".m4a"
        case "application/pdf": ".pdf"
        default: ""
        }
    }
}
