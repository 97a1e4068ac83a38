/// Meta's limits of the texts that a line can be added to, in Unicode code points.
private enum Room {
    static let text = 4096
    static let caption = 1024
    static let interactiveBody = 1024
    static let listBody = 4096
}

extension MessageContent {
    /// The message with one more line at the end of its text, its caption or its body.
    /// - Returns: nil where it has no such text, or no room left in it.
    func adding(line: String) -> MessageContent? {
        switch self {
        case .text(var content):
            guard let body = Self.joined(content.body, line, room: Room.text) else { return nil }
            content.body = body
            return .text(content)
        case .media(var content):
            guard content.kind.hasCaption, let caption = Self.joined(content.caption ?? "", line, room: Room.caption)
            else { return nil }
            content.caption = caption
            return .media(content)
        case .interactive(var content):
            let room = if case .list = content.action { Room.listBody } else { Room.interactiveBody }
            guard let body = Self.joined(content.body, line, room: room) else { return nil }
            content.body = body
            return .interactive(content)
        case .location, .contacts, .reaction, .choice, .order, .template, .system, .unsupported:
            return nil
        }
    }

    private static func joined(_ text: String, _ line: String, room: Int) -> String? {
        let joined = text.allSatisfy(\.isWhitespace) ? line : "\(text)\n\(line)"
        return joined.unicodeScalars.count <= room ? joined : nil
    }
}

extension MediaContent.Kind {
    /// Whether WhatsApp shows words with it.
    fileprivate var hasCaption: Bool {
        switch self {
        case .image, .video, .document: true
        case .audio, .sticker: false
        }
    }
}
