import Domain
import Pipeline

/// What may be attached, told before a file is chosen (Cloud API, "Media": supported types and sizes).
package struct AttachmentRules: Sendable {
    package struct Kind: Sendable {
        let kind: MediaContent.Kind
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
        self.kinds = AttachmentLimits.all.map { limits in
            let size = Self.size(limits.mostBytes)
            let label = context.words("attachment.\(limits.kind.rawValue)")
            let formats = Self.formats(of: limits.kind)
            return Kind(
                kind: limits.kind, label: label,
                rule: context.words("attachment.rule", ["formats": formats, "size": size]),
                types: limits.mimeTypes.joined(separator: ","), maximumBytes: String(limits.mostBytes),
                tooLarge: context.words("attachment.tooLarge", ["kind": label, "size": size]))
        }
        self.accept = AttachmentLimits.all.flatMap(\.mimeTypes).joined(separator: ",")
    }

    /// As Meta writes them, in powers of two.
    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\(bytes >> 10)\u{202F}KB" : "\(bytes >> 20)\u{202F}MB"
    }

    /// The types as people call them.
    private static func formats(of kind: MediaContent.Kind) -> String {
        switch kind {
        case .image: "JPEG, PNG"
        case .video: "MP4, 3GP"
        case .audio: "AAC, AMR, MP3, M4A, OGG"
        case .sticker: "WebP"
        case .document: "PDF, Word, Excel, PowerPoint, TXT"
        }
    }
}
