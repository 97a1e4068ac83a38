import Domain
import NIOCore

/// Puts the parts of a multipart form together: fields in memory, the file on the shelf.
struct PartCollector {
    private enum Current {
        case none
        case field(String, ByteBuffer)
        case file(UploadSpool)
        /// An empty file field, which browsers send as well.
        case skipped
    }

    let limits: FormLimits
    let files: UploadShelf?
    private(set) var fields = FormFields()
    private(set) var file: UploadedFile?
    private var fieldBytes = 0
    private var current = Current.none

    init(limits: FormLimits, files: UploadShelf?) {
        self.limits = limits
        self.files = files
    }

    mutating func take(_ event: MultipartParser.Event) async throws {
        switch event {
        case .part(let part): try await begin(part)
        case .bytes(let bytes): try await append(bytes)
        case .partEnd: try await end()
        }
    }

    private mutating func begin(_ part: MultipartParser.Part) async throws {
        guard let filename = part.filename else {
            current = .field(part.name, ByteBuffer())
            return
        }
        if filename.isEmpty {
            current = .skipped
            return
        }
        if limits.areFilesFields {
            current = .field(part.name, ByteBuffer())
            return
        }
        guard file == nil, let files, let limit = limits.fileBytes else { throw PuenteError.unreadableForm }
        current = .file(
            try await files.spool(named: filename, mimeType: part.contentType ?? "application/octet-stream", limit))
    }

    private mutating func append(_ bytes: ByteBuffer) async throws {
        switch current {
        case .none, .skipped: return
        case .file(let spool): try await spool.append(bytes)
        case .field(let name, var collected):
            fieldBytes += bytes.readableBytes
            guard fieldBytes <= limits.fieldBytes else { throw PuenteError.largeForm }
            current = .none
            collected.writeImmutableBuffer(bytes)
            current = .field(name, collected)
        }
    }

    private mutating func end() async throws {
        switch current {
        case .none, .skipped: break
        case .file(let spool): file = try await spool.seal()
        case .field(let name, let collected):
            guard let value = String(validating: collected.readableBytesView, as: UTF8.self), fields.add(name, value)
            else { throw PuenteError.unreadableForm }
        }
        current = .none
    }
}
