extension MessageContent {
    /// One line for lists. Without words of any language: what has no text shows a sign and its file's name.
    package var preview: String {
        switch self {
        case .text(let content): content.body.firstLine
        case .media(let content):
            ([content.kind.sign, content.caption ?? content.filename ?? ""]).joined(separator: " ").firstLine
        case .location(let content):
            "📍 \(content.name ?? content.address ?? "\(content.latitude), \(content.longitude)")".firstLine
        case .contacts(let content): "👤 \(content.cards.first?.formattedName ?? "")".firstLine
        case .reaction(let content): content.emoji
        case .choice(let content): content.title.firstLine
        case .order(let content): "🛒 \(content.items.count)"
        case .interactive(let content): content.body.firstLine
        case .template(let content): (content.rendered ?? content.name).firstLine
        case .system(let content): content.body.firstLine
        case .unsupported(let content): "⚠ \(content.kind)"
        }
    }

    /// Reactions decorate another message, and system notes say nothing of the conversation.
    package var isShownInList: Bool {
        switch self {
        case .reaction, .system: false
        default: true
        }
    }

    /// Whether it counts as the customer having written. System notes and what WhatsApp would not pass on are not
    /// known to open the window, so they are taken not to.
    package var opensWindow: Bool {
        switch self {
        case .system, .unsupported: false
        default: true
        }
    }
}

extension MediaContent.Kind {
    fileprivate var sign: String {
        switch self {
        case .image: "📷"
        case .video: "🎬"
        case .audio: "🎤"
        case .document: "📄"
        case .sticker: "💟"
        }
    }
}

extension String {
    /// At most 160 characters, without line breaks.
    fileprivate var firstLine: String {
        String(prefix(160)).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
