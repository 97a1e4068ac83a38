import HTTPTypes
import Hummingbird
import Store

/// A stored file as an answer: whole, a part of it, or the word that the program has it already.
struct FileAnswer: Sendable {
    /// In the media folder.
    let path: String
    let size: Int
    /// Of its content, in quotes.
    let tag: String
    let fields: HTTPFields

    init(_ file: MessageFile, sha256: String, at path: String) {
        self.path = path
        self.size = Int(clamping: file.size ?? 0)
        self.tag = "\"\(sha256)\""
        self.fields = MediaHeaders(file).fields
    }

    /// A person's file.
    init(_ export: PersonExport, at path: String) {
        self.path = path
        self.size = export.size ?? 0
        self.tag = "\"\(export.id)\""
        self.fields = .personFile(export.contact)
    }

    /// Reads a part of a file, or all of it.
    typealias Reader = @Sendable (_ path: String, _ range: ClosedRange<Int>?) async throws -> ResponseBody

    /// - Throws: ``APIProblem`` when the file is not in the folder any more.
    func response(to request: Request, _ read: Reader) async throws -> Response {
        var fields = fields
        fields[.eTag] = tag
        if EntityTag.matches(tag, request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: fields)
        }
        switch ByteRange(request.headers[.range], size: size) {
        case .whole: return Response(status: .ok, headers: fields, body: try await body(nil, read))
        case .part(let range):
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(size)"
            return Response(status: .partialContent, headers: fields, body: try await body(range, read))
        case .unsatisfiable:
            fields[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: fields)
        }
    }

    private func body(_ range: ClosedRange<Int>?, _ read: Reader) async throws -> ResponseBody {
        do {
            return try await read(path, range)
        } catch is HTTPError {
            throw APIProblem.noSuchThing
        }
    }
}
