import Foundation
import NIOCore

/// The parts of a `multipart/form-data` body (RFC 7578). At most 16 parts.
struct MultipartForm {
    struct Part {
        let name: String
        let filename: String?
        let contentType: String?
        let body: ByteBuffer
    }

    let parts: [Part]

    /// Nil when the content type names no boundary or the body does not keep to it.
    init?(contentType: String, body: ByteBuffer) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let boundary = Self.parameter("boundary", of: contentType), (1...70).contains(boundary.utf8.count)
        else { return nil }
        let data = Data(body.readableBytesView)
        let delimiter = Data("--\(boundary)".utf8)
        var parts: [Part] = []
        guard var start = data.range(of: delimiter)?.upperBound else { return nil }
        while parts.count < 16, let next = data.range(of: delimiter, in: start..<data.endIndex) {
            if let part = Self.part(data, from: start, to: next.lowerBound) { parts.append(part) }
            start = next.upperBound
        }
        self.parts = parts
    }

    subscript(name: String) -> Part? { parts.first { $0.name == name } }

    func text(_ name: String) -> String? { self[name].map { String(buffer: $0.body) } }

    private static func part(_ data: Data, from start: Data.Index, to end: Data.Index) -> Part? {
        guard let head = data.range(of: Data("\r\n\r\n".utf8), in: start..<end), head.upperBound <= end - 2 else {
            return nil
        }
        let headers = String(decoding: data[start..<head.lowerBound], as: UTF8.self)
        var disposition: String?
        var contentType: String?
        for line in headers.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let value = parts[1].trimmingCharacters(in: .whitespaces)
            switch parts[0].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": contentType = value
            default: break
            }
        }
        guard let disposition, let name = parameter("name", of: disposition) else { return nil }
        return Part(
            name: name, filename: parameter("filename", of: disposition), contentType: contentType,
            body: ByteBuffer(bytes: data[head.upperBound..<(end - 2)]))
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        for piece in header.split(separator: ";").dropFirst() {
            let parts = piece.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces).lowercased() == name else { continue }
            return parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
        }
        return nil
    }
}
