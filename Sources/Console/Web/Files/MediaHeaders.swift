import HTTPTypes
import Store

/// How a file of unknown origin is handed to a browser.
struct MediaHeaders {
    /// What browsers show without running anything in it. SVG and HTML are not among them, nor is PDF.
    static let shown: Set<String> = [
        "image/jpeg", "image/png", "image/webp", "image/gif", "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4",
        "audio/ogg", "audio/opus", "video/mp4", "video/3gpp",
    ]

    let fields: HTTPFields

    init(_ file: MessageFile) {
        let type = String((file.mimeType ?? "").prefix { $0 != ";" && $0 != " " }).lowercased()
        let isShown = Self.shown.contains(type)
        fields = [
            .contentType: isShown ? type : "application/octet-stream",
            .contentDisposition: Self.disposition(isShown ? "inline" : "attachment", named: file.filename),
            .xContentTypeOptions: "nosniff", .contentSecurityPolicy: "sandbox; default-src 'none'",
            // Asked for anew each time, so that nobody sees it after signing out.
            .cacheControl: "private, no-cache", .acceptRanges: "bytes",
        ]
    }

    /// RFC 6266: the name in UTF-8, percent-encoded.
    private static func disposition(_ kind: String, named name: String?) -> String {
        guard let name, !name.isEmpty else { return kind }
        return "\(kind); filename*=UTF-8''\(QueryText.encode(String(name.prefix(200))))"
    }
}
