import Domain

/// Reads what a program wants to send. The shape is the one that messages are shown in, without what only a stored
/// message has; Meta's own limits are checked behind it.
enum ContentReader {
    private enum Kind: String, CaseIterable {
        case text, media, location, contacts, reaction, interactive, template
    }

    /// A reaction names its message by our id until the caller has looked its wamid up.
    static func content(_ body: BodyObject) -> MessageContent? {
        guard let kind = body.choice("type", of: Kind.self) else { return nil }
        switch kind {
        case .text: return text(body)
        case .media:
            body.allow("type", "kind", "file", "whatsapp_media_id", "link", "caption", "filename")
            return media(body).map(MessageContent.media)
        case .location:
            body.allow("type", "latitude", "longitude", "name", "address")
            return location(body).map(MessageContent.location)
        case .contacts: return contacts(body)
        case .reaction: return reaction(body)
        case .interactive: return interactive(body)
        case .template: return template(body)
        }
    }

    private static func text(_ body: BodyObject) -> MessageContent? {
        body.allow("type", "body", "preview_url")
        let previewURL = body.optionalBool("preview_url")
        return body.text("body", 1...4096).map { .text(TextContent(body: $0, previewURL: previewURL)) }
    }

    /// The file is named in exactly one of three ways.
    static func media(_ body: BodyObject) -> MediaContent? {
        let kind = body.choice("kind", of: MediaContent.Kind.self)
        let file: MediaID? = body.optionalID("file")
        let mediaID = body.optionalText("whatsapp_media_id", 1...200)
        let link = body.optionalText("link", 1...2000)
        let ways = ["file", "whatsapp_media_id", "link"]
        guard ways.count(where: body.has) == 1 else {
            let list = ways.joined(separator: ", ")
            body.problems.add(
                body.pointer, en: "name the file in exactly one of these ways: \(list)",
                es: "indique el archivo de una sola de estas formas: \(list)")
            return nil
        }
        let caption = body.optionalText("caption", 1...1024)
        let filename = body.optionalText("filename", 1...240)
        return kind.map {
            MediaContent(
                kind: $0, mediaID: mediaID, link: link, caption: caption, filename: filename, storedID: file)
        }
    }

    static func location(_ body: BodyObject) -> LocationContent? {
        let latitude = body.number("latitude", -90...90)
        let longitude = body.number("longitude", -180...180)
        let name = body.optionalText("name", 1...1000)
        let address = body.optionalText("address", 1...1000)
        guard let latitude, let longitude else { return nil }
        return LocationContent(latitude: latitude, longitude: longitude, name: name, address: address)
    }

    private static func contacts(_ body: BodyObject) -> MessageContent? {
        body.allow("type", "cards")
        let cards = body.objects("cards", 1...257, card)
        return .contacts(ContactsContent(cards: cards))
    }

    private static func card(_ body: BodyObject) -> ContactCard? {
        body.allow("formatted_name", "first_name", "last_name", "phones", "emails", "organization")
        let name = body.text("formatted_name", 1...1000)
        let phones = body.objects("phones", 0...20, isOptional: true) { phone -> ContactCard.Phone? in
            phone.allow("phone", "wa_id", "type")
            let waID = phone.optionalText("wa_id", 1...20)
            let type = phone.optionalText("type", 1...20)
            return phone.text("phone", 1...40).map { ContactCard.Phone(phone: $0, waID: waID, type: type) }
        }
        let first = body.optionalText("first_name", 1...1000)
        let last = body.optionalText("last_name", 1...1000)
        let organization = body.optionalText("organization", 1...1000)
        let emails = body.texts("emails", 0...20, length: 1...320)
        return name.map {
            ContactCard(
                formattedName: $0, firstName: first, lastName: last, phones: phones, emails: emails,
                organization: organization)
        }
    }

    private static func reaction(_ body: BodyObject) -> MessageContent? {
        body.allow("type", "message", "emoji")
        let message: MessageID? = body.id("message")
        let emoji = body.text("emoji", 0...32)
        guard let message, let emoji else { return nil }
        return .reaction(ReactionContent(messageID: message.description, emoji: emoji))
    }
}
