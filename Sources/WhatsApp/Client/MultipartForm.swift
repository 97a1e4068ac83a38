import OutboundHTTP

/// A `multipart/form-data` body (RFC 7578) with some texts and one file, which is read while it is sent.
struct MultipartForm: Sendable {
    let contentType: String
    let body: OutboundFile

    /// - Parameter boundary: must not occur in the file: 128 random bits do not.
    init(
        fields: KeyValuePairs<String, String>, fileName: String, mimeType: String, path: String, byteCount: Int,
        boundary: String
    ) {
        var head = ""
        for (name, value) in fields {
            head += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        let quoted = Self.quoted(fileName)
        head += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(quoted)\"\r\n"
        head += "Content-Type: \(Self.headerValue(mimeType))\r\n\r\n"
        contentType = "multipart/form-data; boundary=\(boundary)"
        body = OutboundFile(
            head: Array(head.utf8), path: path, byteCount: byteCount, tail: Array("\r\n--\(boundary)--\r\n".utf8))
    }

    static func randomBoundary() -> String {
        var random = SystemRandomNumberGenerator()
        return "puente-\(String(random.next(), radix: 36))\(String(random.next(), radix: 36))"
    }

    /// As browsers do it: what would end the value or the line is percent-encoded.
    private static func quoted(_ name: String) -> String {
        name.reduce(into: "") { result, character in
            switch character {
            case "\"": result += "%22"
            case "\r\n": result += "%0D%0A"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.append(character)
            }
        }
    }

    private static func headerValue(_ text: String) -> String {
        String(text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) })
    }
}
