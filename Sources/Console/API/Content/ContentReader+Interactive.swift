import Domain

extension ContentReader {
    private enum ActionKind: String, CaseIterable {
        case buttons, list, link
        case locationRequest = "location_request"
        case contactRequest = "contact_request"
    }

    private enum HeaderKind: String, CaseIterable { case text, media }

    static func interactive(_ body: BodyObject) -> MessageContent? {
        body.allow("type", "header", "body", "footer", "action")
        let header = body.optionalObject("header").flatMap(header)
        let text = body.text("body", 1...4096)
        let footer = body.optionalText("footer", 1...60)
        let action = body.object("action").flatMap(action)
        guard let text, let action else { return nil }
        return .interactive(InteractiveContent(header: header, body: text, footer: footer, action: action))
    }

    private static func header(_ body: BodyObject) -> InteractiveContent.Header? {
        guard let kind = body.choice("type", of: HeaderKind.self) else { return nil }
        switch kind {
        case .text:
            body.allow("type", "text")
            return body.text("text", 1...60).map(InteractiveContent.Header.text)
        case .media:
            body.allow("type", "kind", "file", "whatsapp_media_id", "link", "caption", "filename")
            return media(body).map(InteractiveContent.Header.media)
        }
    }

    private static func action(_ body: BodyObject) -> InteractiveContent.Action? {
        guard let kind = body.choice("type", of: ActionKind.self) else { return nil }
        switch kind {
        case .buttons:
            body.allow("type", "buttons")
            return .buttons(body.objects("buttons", 1...3, button))
        case .list:
            body.allow("type", "button", "sections")
            let sections = body.objects("sections", 1...10, section)
            return body.text("button", 1...20).map { .list(button: $0, sections: sections) }
        case .link:
            body.allow("type", "text", "url")
            let url = body.text("url", 1...2000)
            guard let text = body.text("text", 1...20), let url else { return nil }
            return .link(text: text, url: url)
        case .locationRequest:
            body.allow("type")
            return .locationRequest
        case .contactRequest:
            body.allow("type")
            return .contactRequest
        }
    }

    private static func button(_ body: BodyObject) -> InteractiveContent.Button? {
        body.allow("id", "title")
        let id = body.text("id", 1...256)
        guard let title = body.text("title", 1...20), let id else { return nil }
        return InteractiveContent.Button(id: id, title: title)
    }

    private static func section(_ body: BodyObject) -> InteractiveContent.Section? {
        body.allow("title", "rows")
        let rows = body.objects("rows", 1...10) { row -> InteractiveContent.ListRow? in
            row.allow("id", "title", "description")
            let id = row.text("id", 1...200)
            let description = row.optionalText("description", 1...72)
            guard let title = row.text("title", 1...24), let id else { return nil }
            return InteractiveContent.ListRow(id: id, title: title, description: description)
        }
        return InteractiveContent.Section(title: body.optionalText("title", 1...24), rows: rows)
    }
}
