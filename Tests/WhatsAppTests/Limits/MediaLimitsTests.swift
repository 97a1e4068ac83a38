import Testing

@testable import Domain
@testable import WhatsApp

@Suite struct MediaLimitsTests {
    private func detail(_ kind: MediaContent.Kind, _ mimeType: String, _ bytes: Int, isAnimated: Bool? = nil) -> String?
    {
        MediaLimits.problem(kind: kind, mimeType: mimeType, byteCount: bytes, isAnimated: isAnimated)?.detail
    }

    @Test(arguments: [
        (MediaContent.Kind.image, "image/jpeg", 5 << 20), (.image, "image/png", 5 << 20),
        (.video, "video/mp4", 16 << 20),
        (.audio, "audio/ogg", 16 << 20), (.document, "application/pdf", 100 << 20), (.sticker, "image/webp", 500 << 10),
    ])
    func `each kind has its types and its size`(kind: MediaContent.Kind, mimeType: String, most: Int) {
        #expect(detail(kind, mimeType, most) == nil)
        #expect(detail(kind, mimeType, most + 1) == "media_size")
        #expect(detail(kind, mimeType, 0) == "media_size")
        #expect(detail(kind, "application/x-msdownload", 1) == "media_type")
        #expect(MediaLimits.kind(ofMIMEType: mimeType) == kind)
    }

    @Test func `a type is read without its parameters and in either case`() {
        #expect(detail(.audio, "Audio/OGG; codecs=opus", 1) == nil)
        #expect(MediaLimits.kind(ofMIMEType: "audio/ogg;codecs=opus") == .audio)
        #expect(MediaLimits.kind(ofMIMEType: "image/gif") == nil)
    }

    @Test func `a sticker that does not move must be smaller`() {
        #expect(detail(.sticker, "image/webp", 101 << 10, isAnimated: false) == "media_size")
        #expect(detail(.sticker, "image/webp", 101 << 10, isAnimated: true) == nil)
    }

    @Test func `the sentence names both sizes`() {
        let problem = MediaLimits.problem(kind: .image, mimeType: "image/png", byteCount: (5 << 20) + 1)

        #expect(problem?.message.en == "The file has 6 MB; WhatsApp takes up to 5 MB. Make it smaller.")
        #expect(problem?.message.es == "El archivo ocupa 6 MB; WhatsApp admite hasta 5 MB. Redúzcalo.")
    }
}
