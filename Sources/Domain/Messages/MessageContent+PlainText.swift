extension MessageContent {
    /// The whole message as a person reads it, on several lines where it has several parts. For CRM timelines.
    package var plainText: String {
        switch self {
        case .text(let content): content.body
        case .media(let content):
            ([preview] + [content.caption].compactMap(\.self).filter { !preview.contains($0) }).joined(separator: "\n")
        case .location(let content):
            [preview, "https://maps.google.com/?q=\(content.latitude),\(content.longitude)"].joined(separator: "\n")
        case .contacts(let content):
            content.cards.map { card in
                ([card.formattedName] + card.phones.compactMap { $0.phone ?? $0.waID } + card.emails)
                    .joined(separator: " · ")
            }.joined(separator: "\n")
        case .reaction(let content): content.emoji
        case .choice(let content): [content.title, content.description].compactMap(\.self).joined(separator: " · ")
        case .order(let content):
            ([content.text].compactMap(\.self)
                + content.items.map { "\($0.quantity) × \($0.productRetailerID) · \($0.itemPrice) \($0.currency)" })
                .joined(separator: "\n")
        case .interactive(let content): content.plainText
        case .template(let content): content.rendered ?? content.name
        case .system(let content): content.body
        case .unsupported(let content): "⚠ \(content.kind)"
        }
    }
}

extension InteractiveContent {
    fileprivate var plainText: String {
        let options: [String] =
            switch action {
            case .buttons(let buttons): buttons.map(\.title)
            case .list(_, let sections): sections.flatMap(\.rows).map(\.title)
            case .link(let text, let url): ["\(text): \(url)"]
            case .locationRequest, .contactRequest: []
            }
        return ([body] + options.map { "▸ \($0)" } + [footer].compactMap(\.self)).joined(separator: "\n")
    }
}
