/// What Meta says of a file: `GET /{media_id}` → `{url, mime_type, sha256, file_size, id}`.
package struct MediaInfo: Equatable, Sendable {
    package let id: String?
    /// Valid for 5 minutes; fetched with the token.
    package let url: String
    package let mimeType: String?
    /// Base64 or hexadecimal, as it came.
    package let sha256: String?
    /// Documented as a string, seen as a number.
    package let fileSize: Int64?

    package init(id: String?, url: String, mimeType: String?, sha256: String?, fileSize: Int64?) {
        self.id = id
        self.url = url
        self.mimeType = mimeType
        self.sha256 = sha256
        self.fileSize = fileSize
    }

    init?(_ json: JSON) {
        guard let url = json["url"].text else { return nil }
        self.init(
            id: json["id"].text, url: url, mimeType: json["mime_type"].text, sha256: json["sha256"].text,
            fileSize: json["file_size"].integer)
    }
}
