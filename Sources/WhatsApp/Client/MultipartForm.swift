/// A `multipart/form-data` body (RFC 7578) with some texts and one file.
struct MultipartForm: Sendable {
    let contentType: String
    let bytes: [UInt8]

    /// - Parameters:
    ///   - boundary: must not occur in the file: 128 random bits do not.
    ///   - file: copied once, so that a file mapped into memory needs no second copy of ours.
    init(
        fields: KeyValuePairs<String, String>, fileName: String, mimeType: String, file: some Collection<UInt8>,
        boundary: String
    ) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(file.count + 1024)
        for (name, value) in fields {
            bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        let quoted = Self.quoted(fileName)
        bytes += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(quoted)\"\r\n".utf8
        bytes += "Content-Type: \(Self.headerValue(mimeType))\r\n\r\n".utf8
        bytes += file
        bytes += "\r\n--\(boundary)--\r\n".utf8
        self.contentType = "multipart/form-data; boundary=\(boundary)"
        self.bytes = bytes
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
