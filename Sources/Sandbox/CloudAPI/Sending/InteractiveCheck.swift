/// Interactive messages. Source: Cloud API, "Interactive messages", Graph API v25.0.
enum InteractiveCheck {
    static func check(_ interactive: Field) throws(GraphError) {
        let kind = try interactive.text("type", max: 64)
        switch kind {
        case "button": try checkButtons(interactive)
        case "list": try checkList(interactive)
        case "cta_url": try checkLinkButton(interactive)
        case "location_request_message": try checkNamedAction(interactive, "send_location")
        case "request_contact_info": try checkNamedAction(interactive, "request_contact_info")
        case "flow": try checkFlow(interactive)
        case "carousel": try checkCarousel(interactive)
        case "product", "product_list", "catalog_message": _ = try interactive.object("action")
        default: throw .messaging(131_009, "interactive['type'] \"\(kind.prefix(40))\" is not supported.")
        }
        if let footer = interactive.json["footer"] {
            _ = try Field(json: footer, path: "interactive['footer']").text("text", max: 60, code: 131_009)
        }
    }

    private static func checkBody(_ interactive: Field, max: Int) throws(GraphError) {
        _ = try interactive.object("body").text("text", max: max, code: 131_009)
    }

    private static func checkHeader(_ interactive: Field, kinds: Set<String>) throws(GraphError) {
        guard interactive.json["header"] != nil else { return }
        let header = try interactive.object("header")
        let kind = try header.text("type", max: 20, code: 131_009)
        guard kinds.contains(kind) else {
            throw .messaging(131_009, "interactive['header']['type'] \"\(kind)\" is not allowed here.")
        }
        if kind == "text" {
            _ = try header.text("text", max: 60, code: 131_009)
        } else {
            try OutgoingCheck.checkMedia(header.object(kind), hasCaption: false)
        }
    }

    private static func checkButtons(_ interactive: Field) throws(GraphError) {
        try checkBody(interactive, max: 1024)
        try checkHeader(interactive, kinds: ["text", "image", "video", "document"])
        var titles: Set<String> = []
        var ids: Set<String> = []
        for button in try interactive.object("action").items("buttons", 1...3) {
            guard button.json["type"]?.text == "reply" else {
                throw .messaging(131_009, "\(button.path)['type'] must be reply.")
            }
            let reply = try button.object("reply")
            let title = try reply.text("title", max: 20, code: 131_009)
            let id = try reply.text("id", max: 256, code: 131_009)
            guard titles.insert(title).inserted, ids.insert(id).inserted else {
                throw .messaging(131_009, "interactive['action']['buttons']: ids and titles must be unique.")
            }
        }
    }

    private static func checkList(_ interactive: Field) throws(GraphError) {
        try checkBody(interactive, max: 4096)
        try checkHeader(interactive, kinds: ["text"])
        let action = try interactive.object("action")
        _ = try action.text("button", max: 20, code: 131_009)
        let sections = try action.items("sections", 1...10)
        var ids: Set<String> = []
        var rowCount = 0
        for section in sections {
            if sections.count > 1 { _ = try section.text("title", max: 24, code: 131_009) }
            try section.optionalText("title", max: 24, code: 131_009)
            for row in try section.items("rows", 1...10) {
                rowCount += 1
                _ = try row.text("title", max: 24, code: 131_009)
                try row.optionalText("description", max: 72, code: 131_009)
                guard ids.insert(try row.text("id", max: 200, code: 131_009)).inserted else {
                    throw .messaging(131_009, "\(row.path)['id'] is not unique.")
                }
            }
        }
        guard rowCount <= 10 else {
            throw .messaging(
                131_009, "interactive['action']['sections']: total row count exceeds max allowed count: 10")
        }
    }

    private static func checkLinkButton(_ interactive: Field) throws(GraphError) {
        try checkBody(interactive, max: 1024)
        try checkHeader(interactive, kinds: ["text", "image", "video", "document"])
        let parameters = try interactive.object("action").object("parameters")
        _ = try parameters.text("display_text", max: 20, code: 131_009)
        let url = try parameters.text("url", max: 2000, code: 131_009)
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw .messaging(131_009, "\(parameters.path)['url'] is not a valid URI.")
        }
    }

    private static func checkNamedAction(_ interactive: Field, _ name: String) throws(GraphError) {
        try checkBody(interactive, max: 1024)
        guard try interactive.object("action").text("name", max: 64, code: 131_009) == name else {
            throw .messaging(131_009, "interactive['action']['name'] must be \(name).")
        }
        if interactive.json["header"] != nil {
            throw .messaging(131_009, "interactive: this type has no header.")
        }
    }

    private static func checkFlow(_ interactive: Field) throws(GraphError) {
        try checkBody(interactive, max: 1024)
        let parameters = try interactive.object("action").object("parameters")
        _ = try parameters.text("flow_cta", max: 30, code: 131_009)
        guard parameters.json["flow_id"] != nil || parameters.json["flow_name"] != nil else {
            throw .missing("\(parameters.path)['flow_id']")
        }
    }

    private static func checkCarousel(_ interactive: Field) throws(GraphError) {
        try checkBody(interactive, max: 1024)
        for card in try interactive.object("action").items("cards", 2...10) {
            guard let index = card.json["card_index"]?.wholeNumber, (0...9).contains(index) else {
                throw .messaging(131_009, "\(card.path)['card_index'] must be from 0 to 9.")
            }
            _ = try card.object("action")
        }
    }
}
