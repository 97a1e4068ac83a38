import Domain

/// A question of ours with its buttons or its list, as the customer sees it.
package struct InteractiveBubble: Sendable {
    package struct Option: Sendable {
        package let title: String
        package let description: String?
    }

    package struct Section: Sendable {
        package let title: String?
        package let options: [Option]
    }

    package let header: String?
    package let media: MediaBubble?
    package let body: MessageText
    package let footer: String?
    package let buttons: [Option]
    /// The word on the button that opens the list; nil when there is none.
    package let listButton: String?
    package let sections: [Section]
    package let linkText: String?
    package let linkURL: String?
    /// "Asks for the location", where the phone shows a button of WhatsApp's own.
    package let request: String?

    init(_ content: InteractiveContent, media facts: MediaFacts?, in context: PageContext) {
        self.body = MessageText(content.body)
        self.footer = content.footer
        (header, media) = Self.header(content.header, facts: facts, in: context)
        self.buttons = Self.buttons(content.action)
        (listButton, sections) = Self.list(content.action)
        (linkText, linkURL) = Self.link(content.action)
        self.request = Self.request(content.action, in: context)
    }

    private static func header(
        _ header: InteractiveContent.Header?, facts: MediaFacts?, in context: PageContext
    ) -> (String?, MediaBubble?) {
        switch header {
        case .text(let text): (text, nil)
        case .media(let media): (nil, MediaBubble(media, facts: facts, in: context))
        case nil: (nil, nil)
        }
    }

    private static func buttons(_ action: InteractiveContent.Action) -> [Option] {
        guard case .buttons(let buttons) = action else { return [] }
        return buttons.map { Option(title: $0.title, description: nil) }
    }

    private static func list(_ action: InteractiveContent.Action) -> (String?, [Section]) {
        guard case .list(let button, let sections) = action else { return (nil, []) }
        return (
            button,
            sections.map { section in
                Section(
                    title: section.title,
                    options: section.rows.map { Option(title: $0.title, description: $0.description) })
            }
        )
    }

    /// Only web addresses become links.
    private static func link(_ action: InteractiveContent.Action) -> (String?, String?) {
        guard case .link(let text, let url) = action else { return (nil, nil) }
        let isWeb = url.hasPrefix("https://") || url.hasPrefix("http://")
        return (text, isWeb ? url : nil)
    }

    private static func request(_ action: InteractiveContent.Action, in context: PageContext) -> String? {
        switch action {
        case .locationRequest: context.words("interactive.locationRequest")
        case .contactRequest: context.words("interactive.contactRequest")
        case .buttons, .list, .link: nil
        }
    }
}
