/// An image, video, voice note, document or sticker. The bytes live in the media store; this says what they are.
package struct MediaContent: Equatable, Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable { case image, video, audio, document, sticker }

    package var kind: Kind
    /// Meta's media id: inbound ids live 7 days, uploaded ones 30.
    package var mediaID: String?
    /// Outbound only: a public address that Meta fetches.
    package var link: String?
    package var mimeType: String?
    /// Meta's checksum as it came: base64 or hex.
    package var sha256: String?
    package var caption: String?
    package var filename: String?
    package var isVoice: Bool?
    package var isAnimated: Bool?
    /// Our own row, once the media is known to the store.
    package var storedID: MediaID?

    package init(
        kind: Kind, mediaID: String? = nil, link: String? = nil, mimeType: String? = nil, sha256: String? = nil,
        caption: String? = nil, filename: String? = nil, isVoice: Bool? = nil, isAnimated: Bool? = nil,
        storedID: MediaID? = nil
    ) {
        self.kind = kind
        self.mediaID = mediaID
        self.link = link
        self.mimeType = mimeType
        self.sha256 = sha256
        self.caption = caption
        self.filename = filename
        self.isVoice = isVoice
        self.isAnimated = isAnimated
        self.storedID = storedID
    }
}
