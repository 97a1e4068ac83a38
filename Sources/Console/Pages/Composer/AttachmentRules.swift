/// What may be attached, told before a file is chosen (Cloud API, "Media": supported types and sizes).
package struct AttachmentRules: Sendable {
    package struct Kind: Sendable {
        package let label: String
        /// "JPEG, PNG · up to 5 MB"
        package let rule: String
        /// Media types, for the script that checks a file before it is sent.
        package let types: String
        package let maximumBytes: String
        /// Said when a file is larger.
        package let tooLarge: String
    }

    package let kinds: [Kind]
    /// For the file field.
    package let accept: String

    init(in context: PageContext) {
        self.kinds = Self.limits.map { limit in
            let size = context.formats.bytes(limit.bytes)
            let label = context.words("attachment.\(limit.kind)")
            return Kind(
                label: label, rule: context.words("attachment.rule", ["formats": limit.formats, "size": size]),
                types: limit.types.joined(separator: ","), maximumBytes: String(limit.bytes),
                tooLarge: context.words("attachment.tooLarge", ["kind": label, "size": size]))
        }
        self.accept = Self.limits.flatMap(\.types).joined(separator: ",")
    }

    private struct Limit {
        let kind: String
        let formats: String
        let types: [String]
        let bytes: Int64
    }

    private static let limits = [
        Limit(kind: "image", formats: "JPEG, PNG", types: ["image/jpeg", "image/png"], bytes: 5_000_000),
        Limit(kind: "video", formats: "MP4, 3GP", types: ["video/mp4", "video/3gpp"], bytes: 16_000_000),
        Limit(
            kind: "audio", formats: "AAC, AMR, MP3, M4A, OGG",
            types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"], bytes: 16_000_000),
        Limit(kind: "sticker", formats: "WebP", types: ["image/webp"], bytes: 500_000),
        Limit(
            kind: "document", formats: "PDF, Word, Excel, PowerPoint, TXT",
            types: [
                "application/pdf", "text/plain", "application/msword", "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ], bytes: 100_000_000),
    ]
}
