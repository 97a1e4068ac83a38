import Domain

/// The body of `POST /{phone_number_id}/messages`.
/// Source: Cloud API, "Send messages" and the pages of the single types, Graph API v25.0.
enum SendBody {
    /// Nil for contents that only customers send.
    static func json(of message: OutgoingMessage) -> JSON? {
        guard let (type, object) = object(of: message.content) else { return nil }
        var members = envelope(to: message.recipient, type: type)
        members.append(JSON.Member(key: type, value: object))
        // A reaction names its message itself; Meta takes no quote with it.
        if let quoted = message.replyTo, type != "reaction" {
            members.append(JSON.Member(key: "context", value: ["message_id": .string(quoted)]))
        }
        members.append(JSON.Member(key: "biz_opaque_callback_data", value: .string(message.callbackData)))
        return .object(members)
    }

    private static func envelope(to recipient: Recipient, type: String) -> [JSON.Member] {
        [
            JSON.Member(key: "messaging_product", value: "whatsapp"),
            JSON.Member(key: "recipient_type", value: "individual"),
            address(recipient),
            JSON.Member(key: "type", value: .string(type)),
        ]
    }

    /// Without the "+" Meta may put the business number's country code in front.
    private static func address(_ recipient: Recipient) -> JSON.Member {
        switch recipient {
        case .phone(let digits):
            JSON.Member(key: "to", value: .string(digits.hasPrefix("+") ? digits : "+\(digits)"))
        case .userID(let id): JSON.Member(key: "recipient", value: .string(id))
        }
    }

    private static func object(of content: MessageContent) -> (type: String, object: JSON)? {
        switch content {
        case .text(let text):
            ("text", .object(["body": .string(text.body), "preview_url": text.previewURL.map { .bool($0) }]))
        case .media(let media): (media.kind.rawValue, object(of: media))
        case .location(let location): ("location", object(of: location))
        case .contacts(let contacts): ("contacts", .array(contacts.cards.map(object(of:))))
        case .reaction(let reaction):
            ("reaction", ["message_id": .string(reaction.messageID), "emoji": .string(reaction.emoji)])
        case .interactive(let interactive): ("interactive", object(of: interactive))
        case .template(let template): ("template", object(of: template))
        case .choice, .order, .system, .unsupported: nil
        }
    }

    /// By id where there is one; a link is what Meta fetches itself.
    static func object(of media: MediaContent) -> JSON {
        let takesCaption = [.image, .video, .document].contains(media.kind)
        return .object([
            "id": media.mediaID.map { .string($0) },
            "link": media.mediaID == nil ? media.link.map { .string($0) } : nil,
            "caption": takesCaption ? media.caption.flatMap { $0.isEmpty ? nil : .string($0) } : nil,
            "filename": media.kind == .document ? media.filename.map { .string($0) } : nil,
            "voice": media.kind == .audio && media.isVoice == true ? true : nil,
        ])
    }

    static func object(of location: LocationContent) -> JSON {
        .object([
            "latitude": .number(location.latitude), "longitude": .number(location.longitude),
            "name": location.name.map { .string($0) }, "address": location.address.map { .string($0) },
        ])
    }

    /// Meta wants a part of the name beside the formatted one.
    private static func object(of card: ContactCard) -> JSON {
        let hasParts = card.firstName != nil || card.lastName != nil
        return .object([
            "name": .object([
                "formatted_name": .string(card.formattedName),
                "first_name": (card.firstName ?? (hasParts ? nil : card.formattedName)).map { .string($0) },
                "last_name": card.lastName.map { .string($0) },
            ]),
            "phones": list(card.phones) { phone in
                .object([
                    "phone": phone.phone.map { .string($0) }, "wa_id": phone.waID.map { .string($0) },
                    "type": phone.type.map { .string($0) },
                ])
            },
            "emails": list(card.emails) { ["email": .string($0)] },
            "org": card.organization.map { ["company": .string($0)] },
        ])
    }

    /// Left out when it is empty.
    private static func list<Element>(_ elements: [Element], _ json: (Element) -> JSON) -> JSON? {
        elements.isEmpty ? nil : .array(elements.map(json))
    }
}
