/// What a message says, in either direction. Stored and served as JSON with a `type` beside the fields of its case.
package enum MessageContent: Equatable, Sendable {
    case text(TextContent)
    case media(MediaContent)
    case location(LocationContent)
    case contacts(ContactsContent)
    case reaction(ReactionContent)
    /// What the customer chose: a reply button, a list row, a flow's form or a template's quick reply.
    case choice(ChoiceContent)
    case order(OrderContent)
    /// What we ask with: buttons, a list, a link, a request for a location or for the contact's number.
    case interactive(InteractiveContent)
    case template(TemplateContent)
    /// A note of WhatsApp's own, for example that the customer changed the number.
    case system(SystemContent)
    case unsupported(UnsupportedContent)
}

package struct TextContent: Equatable, Codable, Sendable {
    package var body: String
    package var previewURL: Bool?

    package init(body: String, previewURL: Bool? = nil) {
        self.body = body
        self.previewURL = previewURL
    }
}

package struct LocationContent: Equatable, Codable, Sendable {
    package var latitude: Double
    package var longitude: Double
    package var name: String?
    package var address: String?
    package var url: String?

    package init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil, url: String? = nil) {
        self.latitude = latitude
        self.longitude = longitude
        self.name = name
        self.address = address
        self.url = url
    }
}

package struct ReactionContent: Equatable, Codable, Sendable {
    /// The wamid of the message reacted to.
    package var messageID: String
    /// Empty when the reaction was taken back.
    package var emoji: String

    package init(messageID: String, emoji: String) {
        self.messageID = messageID
        self.emoji = emoji
    }
}

package struct ChoiceContent: Equatable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable { case button, list, flow, quickReply, callPermission, other }

    package var kind: Kind
    /// The id or payload that we set; for a flow its name.
    package var id: String?
    /// What the customer saw.
    package var title: String
    package var description: String?
    /// A flow's answers as the JSON text that WhatsApp sent.
    package var data: String?

    package init(kind: Kind, id: String?, title: String, description: String? = nil, data: String? = nil) {
        self.kind = kind
        self.id = id
        self.title = title
        self.description = description
        self.data = data
    }
}

package struct SystemContent: Equatable, Codable, Sendable {
    /// WhatsApp's `system.type`, for example `user_changed_number`.
    package var kind: String
    package var body: String

    package init(kind: String, body: String) {
        self.kind = kind
        self.body = body
    }
}

package struct UnsupportedContent: Equatable, Codable, Sendable {
    /// WhatsApp's name of the type we do not know, or of the one it would not pass on.
    package var kind: String
    package var reason: String?

    package init(kind: String, reason: String? = nil) {
        self.kind = kind
        self.reason = reason
    }
}
