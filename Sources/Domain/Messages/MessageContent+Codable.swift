extension MessageContent: Codable {
    /// The name of the case in JSON and in the database.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case text, media, location, contacts, reaction, choice, order, interactive, template, system, unsupported
    }

    package var kind: Kind {
        switch self {
        case .text: .text
        case .media: .media
        case .location: .location
        case .contacts: .contacts
        case .reaction: .reaction
        case .choice: .choice
        case .order: .order
        case .interactive: .interactive
        case .template: .template
        case .system: .system
        case .unsupported: .unsupported
        }
    }

    private enum TypeKey: String, CodingKey { case type }

    package init(from decoder: any Decoder) throws {
        let kind = try decoder.container(keyedBy: TypeKey.self).decode(Kind.self, forKey: .type)
        switch kind {
        case .text: self = .text(try TextContent(from: decoder))
        case .media: self = .media(try MediaContent(from: decoder))
        case .location: self = .location(try LocationContent(from: decoder))
        case .contacts: self = .contacts(try ContactsContent(from: decoder))
        case .reaction: self = .reaction(try ReactionContent(from: decoder))
        case .choice: self = .choice(try ChoiceContent(from: decoder))
        case .order: self = .order(try OrderContent(from: decoder))
        case .interactive: self = .interactive(try InteractiveContent(from: decoder))
        case .template: self = .template(try TemplateContent(from: decoder))
        case .system: self = .system(try SystemContent(from: decoder))
        case .unsupported: self = .unsupported(try UnsupportedContent(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: TypeKey.self)
        try container.encode(kind, forKey: .type)
        switch self {
        case .text(let content): try content.encode(to: encoder)
        case .media(let content): try content.encode(to: encoder)
        case .location(let content): try content.encode(to: encoder)
        case .contacts(let content): try content.encode(to: encoder)
        case .reaction(let content): try content.encode(to: encoder)
        case .choice(let content): try content.encode(to: encoder)
        case .order(let content): try content.encode(to: encoder)
        case .interactive(let content): try content.encode(to: encoder)
        case .template(let content): try content.encode(to: encoder)
        case .system(let content): try content.encode(to: encoder)
        case .unsupported(let content): try content.encode(to: encoder)
        }
    }
}
