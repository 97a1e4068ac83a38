import Domain

/// A picture, film, sound, file or sticker in a bubble, and how far its fetching has come.
package struct MediaBubble: Sendable {
    package enum Kind: String, Sendable { case image, video, voice, audio, document, sticker }
    package enum State: Sendable { case ready, fetching, failed, pruned, unknown }

    package let kind: Kind
    package let state: State
    /// "Photo", "Voice message", …
    package let word: String
    /// The address of the bytes; empty until they are here.
    package let url: String
    /// Asks for them again.
    package let retryURL: String
    package let name: String?
    /// "PDF · 2.4 MB"
    package let detail: String
    package let caption: MessageText?
    /// For images and stickers: the caption, else the word.
    package let alternative: String
    /// Why it could not be fetched.
    package let failure: String?

    init(_ media: MediaContent, facts: MediaFacts?, in context: PageContext) {
        let kind = Self.kind(of: media)
        let word = context.words("kind.\(kind.rawValue)")
        self.kind = kind
        self.word = word
        self.name = media.filename
        self.caption = media.caption.flatMap { $0.isEmpty ? nil : MessageText($0) }
        self.alternative = media.caption.flatMap { $0.isEmpty ? nil : $0 } ?? word
        self.url = facts.map { "/media/\($0.id)" } ?? ""
        self.retryURL = facts.map { "/media/\($0.id)/fetches" } ?? ""
        let size: Int64?
        switch facts?.state {
        case .stored(let bytes): (state, failure, size) = (.ready, nil, bytes)
        case .fetching: (state, failure, size) = (.fetching, nil, nil)
        case .failed(let sentence): (state, failure, size) = (.failed, sentence[context.language], nil)
        case .pruned: (state, failure, size) = (.pruned, nil, nil)
        case nil: (state, failure, size) = (.unknown, nil, nil)
        }
        let parts = [Self.format(of: media.mimeType), size.map { context.formats.bytes($0) }]
        self.detail = parts.compactMap(\.self).joined(separator: " · ")
    }

    private static func kind(of media: MediaContent) -> Kind {
        switch media.kind {
        case .image: .image
        case .video: .video
        case .audio: media.isVoice == true ? .voice : .audio
        case .document: .document
        case .sticker: .sticker
        }
    }

    /// `application/pdf` → "PDF"; nothing for types whose name says nothing to a person.
    private static func format(of mimeType: String?) -> String? {
        guard let type = mimeType?.split(separator: ";").first?.split(separator: "/").last else { return nil }
        let name = type.drop { $0 == "x" }.drop { $0 == "-" }
        return name.count <= 5 ? name.uppercased() : nil
    }
}
