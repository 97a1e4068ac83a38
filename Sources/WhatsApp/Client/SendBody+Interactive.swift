import Domain

extension SendBody {
    /// `interactive{type, header?, body, footer?, action}`.
    static func object(of content: InteractiveContent) -> JSON {
        .object([
            "type": .string(type(of: content.action)),
            "header": content.header.map(object(of:)),
            "body": ["text": .string(content.body)],
            "footer": content.footer.map { ["text": .string($0)] },
            "action": object(of: content.action),
        ])
    }

    private static func type(of action: InteractiveContent.Action) -> String {
        switch action {
        case .buttons: "button"
        case .list: "list"
        case .link: "cta_url"
        case .locationRequest: "location_request_message"
        case .contactRequest: "request_contact_info"
        }
    }

    private static func object(of header: InteractiveContent.Header) -> JSON {
        switch header {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .media(let media):
            // A header's media carry no caption: the message has a body.
            ["type": .string(media.kind.rawValue), media.kind.rawValue: object(of: media.withoutCaption)]
        }
    }

    private static func object(of action: InteractiveContent.Action) -> JSON {
        switch action {
        case .buttons(let buttons):
            ["buttons": .array(buttons.map(object(of:)))]
        case .list(let button, let sections):
            ["button": .string(button), "sections": .array(sections.map(object(of:)))]
        case .link(let text, let url):
            ["name": "cta_url", "parameters": ["display_text": .string(text), "url": .string(url)]]
        case .locationRequest: ["name": "send_location"]
        case .contactRequest: ["name": "request_contact_info"]
        }
    }

    private static func object(of button: InteractiveContent.Button) -> JSON {
        ["type": "reply", "reply": ["id": .string(button.id), "title": .string(button.title)]]
    }

    private static func object(of section: InteractiveContent.Section) -> JSON {
        .object([
            "title": section.title.flatMap { $0.isEmpty ? nil : .string($0) },
            "rows": .array(
                section.rows.map { row in
                    .object([
                        "id": .string(row.id), "title": .string(row.title),
                        "description": row.description.map { .string($0) },
                    ])
                }),
        ])
    }
}

extension MediaContent {
    var withoutCaption: MediaContent {
        var media = self
        media.caption = nil
        return media
    }
}
