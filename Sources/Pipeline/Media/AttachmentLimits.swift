package import Domain
import WhatsApp

/// What may be attached to a message, for those who ask before a file travels. WhatsApp's own limits.
package struct AttachmentLimits: Equatable, Sendable {
    package let kind: MediaContent.Kind
    /// In small letters and without parameters.
    package let mimeTypes: [String]
    package let mostBytes: Int

    /// In the order in which people think of them.
    package static let all: [AttachmentLimits] = [.image, .video, .audio, .document, .sticker].map { kind in
        AttachmentLimits(
            kind: kind, mimeTypes: MediaLimits.mimeTypes(of: kind), mostBytes: MediaLimits.mostBytes(of: kind))
    }

    /// Of the largest kind: no upload is longer.
    package static let mostBytesOfAny = all.map(\.mostBytes).max() ?? 0

    /// The limits of files of this type.
    /// - Throws: `invalid` when WhatsApp takes none.
    package static func limits(ofMIMEType mimeType: String) throws(PuenteError) -> AttachmentLimits {
        guard let kind = MediaLimits.kind(ofMIMEType: mimeType), let limits = all.first(where: { $0.kind == kind })
        else {
            throw PuenteError(
                .invalid, detail: "media_type",
                en: "WhatsApp does not carry files of this kind. Send a photo, video, audio file or document.",
                es: "WhatsApp no admite archivos de este tipo. Envíe una foto, un video, un audio o un documento.")
        }
        return limits
    }

    /// - Throws: `tooLarge`, or `invalid` for an empty file.
    package func check(byteCount: Int) throws(PuenteError) {
        let type = mimeTypes.first ?? ""
        if let problem = MediaLimits.problem(kind: kind, mimeType: type, byteCount: byteCount) { throw problem }
    }
}

/// What WhatsApp would refuse in a message, said before it is taken on.
package enum MessageCheck {
    package static func problem(in content: MessageContent) -> PuenteError? {
        MessageLimits.problem(in: content)
    }
}
