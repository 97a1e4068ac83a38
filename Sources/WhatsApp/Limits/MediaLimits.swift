package import Domain

/// Which files WhatsApp takes, asked before an upload. What customers send may be of any kind, up to 100 MB.
/// Source: Cloud API, "Media", supported media types.
package enum MediaLimits {
    /// The largest file that a webhook may speak of.
    package static let mostInboundBytes = 100 << 20

    /// Without parameters and in small letters: `audio/ogg; codecs=opus` is `audio/ogg`.
    package static func mimeTypes(of kind: MediaContent.Kind) -> [String] {
        switch kind {
        case .audio: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"]
        case .document: documentTypes
        case .image: ["image/jpeg", "image/png"]
        case .sticker: ["image/webp"]
        case .video: ["video/mp4", "video/3gpp"]
        }
    }

    private static let documentTypes = [
        "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ]

    /// - Parameter isAnimated: only stickers differ by it; nil when nobody looked into the file.
    package static func mostBytes(of kind: MediaContent.Kind, isAnimated: Bool? = nil) -> Int {
        switch kind {
        case .audio, .video: 16 << 20
        case .document: 100 << 20
        case .image: 5 << 20
        case .sticker: isAnimated == false ? 100 << 10 : 500 << 10
        }
    }

    /// The kind under which a file of this type can be sent; nil when WhatsApp takes none.
    package static func kind(ofMIMEType mimeType: String) -> MediaContent.Kind? {
        let bare = bareType(mimeType)
        return MediaContent.Kind.allCases.first { mimeTypes(of: $0).contains(bare) }
    }

    /// Nil when a file of this type and size can be sent as this kind.
    package static func problem(
        kind: MediaContent.Kind, mimeType: String, byteCount: Int, isAnimated: Bool? = nil
    ) -> PuenteError? {
        guard mimeTypes(of: kind).contains(bareType(mimeType)) else {
            let allowed = mimeTypes(of: kind).joined(separator: ", ")
            return PuenteError(
                .invalid, detail: "media_type",
                en: "WhatsApp does not take a file of this type here. It takes: \(allowed).",
                es: "WhatsApp no admite aquí un archivo de este tipo. Admite: \(allowed).")
        }
        let most = mostBytes(of: kind, isAnimated: isAnimated)
        guard byteCount <= most else {
            return PuenteError(
                .tooLarge, detail: "media_size",
                en: "The file has \(size(byteCount)); WhatsApp takes up to \(size(most)). Make it smaller.",
                es: "El archivo ocupa \(size(byteCount)); WhatsApp admite hasta \(size(most)). Redúzcalo.")
        }
        guard byteCount > 0 else {
            return PuenteError(.invalid, detail: "media_size", en: "The file is empty.", es: "El archivo está vacío.")
        }
        return nil
    }

    private static func bareType(_ mimeType: String) -> String {
        String(mimeType.prefix { $0 != ";" }.filter { !$0.isWhitespace }).lowercased()
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) >> 10) KB" : "\((bytes + (1 << 20) - 1) >> 20) MB"
    }
}
