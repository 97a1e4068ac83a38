import NIOCore

/// Files made by the sandbox itself, so that media work offline: small, but whole and readable by any program.
enum SampleMedia {
    struct File: Sendable {
        let bytes: ByteBuffer
        let mimeType: String
        let filename: String
    }

    /// - Parameters:
    ///   - kind: a media type of messages: image, audio, video, document, sticker.
    ///   - seed: the same seed gives the same file.
    ///   - caption: a document's text.
    static func file(kind: String, seed: String, caption: String? = nil) -> File {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in "\(seed)/\(caption ?? "")".utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        var random = SeededRandom(seed: hash)
        switch kind {
        case "audio":
            let seconds = Int.random(in: 2...9, using: &random)
            return File(
                bytes: .init(bytes: OpusFile.silence(seconds: seconds)), mimeType: "audio/ogg; codecs=opus",
                filename: "voice.ogg")
        case "document":
            let text = caption ?? "Documento de muestra"
            return File(bytes: .init(bytes: PDFFile.page(text)), mimeType: "application/pdf", filename: "documento.pdf")
        case "sticker":
            return File(
                bytes: .init(bytes: WebPFile.square(using: &random)), mimeType: "image/webp", filename: "sticker.webp")
        case "video":
            return File(bytes: .init(bytes: MP4File.empty), mimeType: "video/mp4", filename: "video.mp4")
        default:
            return File(
                bytes: .init(bytes: JPEGFile.landscape(using: &random)), mimeType: "image/jpeg", filename: "foto.jpg")
        }
    }
}
