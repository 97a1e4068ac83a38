import Domain

extension MessageContent {
    /// Out of a message item, or of the message inside an edit: the object named by its `type`.
    ///
    /// Always something: a type that is new to us, or lacks what it must have, is `.unsupported` with the errors that
    /// came along, so that the thread shows that the customer sent something.
    init(received item: JSON) {
        let type = Self.type(of: item)
        self = Self.understood(item, type: type) ?? .unsupported(UnsupportedContent(received: item, type: type))
    }

    private static let types = [
        "text", "image", "video", "audio", "document", "sticker", "location", "contacts", "interactive", "button",
        "order", "reaction", "system",
    ]

    /// Where the type is missing, the object that is there names it.
    private static func type(of item: JSON) -> String {
        item["type"].text ?? types.first { !item[$0].isNull } ?? "unknown"
    }

    private static func understood(_ item: JSON, type: String) -> MessageContent? {
        let object = item[type]
        return switch type {
        case "text": object["body"].text.map { .text(TextContent(body: $0)) }
        case "image", "video", "audio", "document", "sticker", "voice":
            MediaContent(received: object, type: type).map { .media($0) }
        case "location": LocationContent(received: object).map { .location($0) }
        case "contacts": ContactsContent(received: item).map { .contacts($0) }
        case "interactive": ChoiceContent(interactive: object).map { .choice($0) }
        case "button": ChoiceContent(quickReply: object).map { .choice($0) }
        case "order": object.isObject ? .order(OrderContent(received: object)) : nil
        case "reaction":
            object["message_id"].text.map {
                .reaction(ReactionContent(messageID: $0, emoji: object["emoji"].text ?? ""))
            }
        case "system":
            object.isObject
                ? .system(SystemContent(kind: object["type"].text ?? "unknown", body: object["body"].text ?? "")) : nil
        default: nil
        }
    }
}

extension UnsupportedContent {
    /// `unsupported{type}` names what WhatsApp would not pass on; `errors[]` says why.
    init(received item: JSON, type: String) {
        let failure = item["errors"].items.lazy.compactMap { GraphFailure($0) }.first
        self.init(kind: item["unsupported"]["type"].text ?? type, reason: failure?.details ?? failure?.title)
    }
}

extension MediaContent {
    /// `{id, mime_type, sha256, caption?, filename?, animated?, voice?}`. Nil without an id: nothing could be fetched.
    init?(received json: JSON, type: String) {
        guard let id = json["id"].text, let kind = type == "voice" ? .audio : Kind(rawValue: type) else { return nil }
        self.init(
            kind: kind, mediaID: id, mimeType: json["mime_type"].text, sha256: json["sha256"].text,
            caption: json["caption"].text, filename: json["filename"].text, isVoice: json["voice"].flag,
            isAnimated: json["animated"].flag)
    }
}

extension LocationContent {
    /// `{latitude, longitude, name?, address?, url?}`. Nil for a place that is not on Earth.
    init?(received json: JSON) {
        guard let latitude = json["latitude"].double, (-90...90).contains(latitude),
            let longitude = json["longitude"].double, (-180...180).contains(longitude)
        else { return nil }
        self.init(
            latitude: latitude, longitude: longitude, name: json["name"].text, address: json["address"].text,
            url: json["url"].text)
    }
}

extension OrderContent {
    /// `{catalog_id, text?, product_items[]{product_retailer_id, quantity, item_price, currency}}`.
    init(received json: JSON) {
        let items = json["product_items"].items.filter(\.isObject).map { item in
            Item(
                productRetailerID: item["product_retailer_id"].text ?? "", quantity: item["quantity"].text ?? "",
                itemPrice: item["item_price"].text ?? "", currency: item["currency"].text ?? "")
        }
        self.init(catalogID: json["catalog_id"].text, text: json["text"].text, items: items)
    }
}
