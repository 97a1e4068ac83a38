package import Domain

/// A message in one line: an icon for its kind and a few words.
package struct MessageExcerpt: Sendable {
    /// Of the sprite; nil for text.
    package let icon: String?
    package let text: String

    package init(_ content: MessageContent, in context: PageContext) {
        let words = context.words
        switch content {
        case .text(let text): self.init(nil, text.body)
        case .media(let media): self.init(media, in: context)
        case .location(let place): self.init("map-pin", place.name ?? place.address ?? words("kind.location"))
        case .contacts(let list): self.init("contact", list.cards.first?.formattedName ?? words("kind.contacts"))
        case .reaction(let reaction):
            let key = reaction.emoji.isEmpty ? "excerpt.reactionRemoved" : "excerpt.reaction"
            self.init("smile", words(key, ["emoji": reaction.emoji]))
        case .choice(let choice): self.init("mouse-pointer-click", choice.title)
        case .order(let order): self.init("shopping-bag", words.count("excerpt.order", order.items.count))
        case .interactive(let question): self.init("list", question.body)
        case .template(let template): self.init("layout-template", template.rendered ?? template.name)
        case .system(let note): self.init("info", note.body)
        case .unsupported: self.init("circle-question-mark", words("kind.unsupported"))
        }
    }

    /// Of a message that its author took back.
    package static func deleted(in context: PageContext) -> MessageExcerpt {
        MessageExcerpt("ban", context.words("bubble.deleted"))
    }

    private init(_ media: MediaContent, in context: PageContext) {
        let name = context.words("kind." + (media.isVoice == true ? "voice" : media.kind.rawValue))
        switch media.kind {
        case .image: self.init("image", media.caption ?? name)
        case .video: self.init("video", media.caption ?? name)
        case .audio: self.init(media.isVoice == true ? "mic" : "volume-2", name)
        case .document: self.init("file-text", media.filename ?? media.caption ?? name)
        case .sticker: self.init("sticker", name)
        }
    }

    /// One line, at most 120 characters.
    private init(_ icon: String?, _ text: String) {
        self.icon = icon
        let line = text.prefix(240).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        self.text = line.count > 120 ? line.prefix(119) + "…" : line
    }
}
