/// Reads a send request and holds it to the limits of Meta's reference.
/// Source: Cloud API, "Send messages", Graph API v25.0.
enum OutgoingCheck {
    static func read(_ json: JSON, senderDigits: String) throws(GraphError) -> OutgoingMessage {
        guard json["messaging_product"]?.text == "whatsapp" else {
            throw .parameter("The parameter messaging_product is required.")
        }
        let recipient = try recipient(json, senderDigits: senderDigits)
        let type = json["type"]?.text ?? "text"
        try checkContent(json, type: type)
        let root = Field(json: json, path: "")
        return OutgoingMessage(
            recipient: recipient, type: type, request: json,
            callbackData: try root.optionalText("biz_opaque_callback_data", max: 512),
            contextID: try context(json, type: type))
    }

    private static func recipient(
        _ json: JSON, senderDigits: String
    ) throws(GraphError) -> OutgoingMessage.Recipient {
        switch json["recipient_type"]?.text ?? "individual" {
        case "individual": break
        case "group": throw .messaging(131_020, "The group does not exist or the business is not part of it.")
        default: throw .parameter("Param recipient_type must be one of {INDIVIDUAL, GROUP}")
        }
        if let to = json["to"]?.identifier, !to.isEmpty {
            guard let digits = WhatsAppNumber.digits(of: to) else {
                throw .messaging(131_009, "Parameter 'to' is not a valid WhatsApp number.")
            }
            if digits == senderDigits { throw .messaging(131_021, "Sender and recipient are the same.") }
            return .phone(digits: digits, input: to)
        }
        guard let id = json["recipient"]?.text, !id.isEmpty else {
            throw .parameter("The parameter to is required.")
        }
        return .userID(id)
    }

    private static func context(_ json: JSON, type: String) throws(GraphError) -> String? {
        guard let context = json["context"], !context.isNull else { return nil }
        guard let id = context["message_id"]?.text, id.hasPrefix("wamid.") else {
            throw .messaging(131_009, "Parameter context['message_id'] is not a message id.")
        }
        return type == "reaction" ? nil : id
    }

    private static func checkContent(_ json: JSON, type: String) throws(GraphError) {
        let root = Field(json: json, path: "")
        switch type {
        case "text": _ = try root.object("text").text("body", max: 4096)
        case "image", "video", "document": try checkMedia(root.object(type), hasCaption: true)
        case "audio", "sticker": try checkMedia(root.object(type), hasCaption: false)
        case "location": try checkLocation(root.object("location"))
        case "contacts": try ContactsCheck.check(root.items("contacts", 1...257))
        case "reaction": try checkReaction(root.object("reaction"))
        case "interactive": try InteractiveCheck.check(root.object("interactive"))
        case "template": try checkTemplateFrame(root.object("template"))
        default:
            throw .parameter(
                "Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, "
                    + "TEMPLATE, TEXT, VIDEO} - got \"\(type.prefix(40))\".")
        }
    }

    static func checkMedia(_ media: Field, hasCaption: Bool) throws(GraphError) {
        let id = media.json["id"]?.identifier
        let link = media.json["link"]?.text
        switch (id, link) {
        case (nil, nil): throw .messaging(131_008, "\(media.path): one of id and link is required.")
        case (_?, _?): throw .messaging(131_009, "\(media.path): give either id or link.")
        case (nil, let link?) where !link.hasPrefix("http://") && !link.hasPrefix("https://"):
            throw .messaging(131_009, "\(media.path)['link'] is not a valid URI.")
        default: break
        }
        if media.json["caption"] != nil, !hasCaption {
            throw .parameter("Unexpected key \"caption\" on param \"\(media.path)\".")
        }
        try media.optionalText("caption", max: 1024)
        try media.optionalText("filename", max: 240)
    }

    private static func checkLocation(_ location: Field) throws(GraphError) {
        guard let latitude = location.json["latitude"]?.decimal, let longitude = location.json["longitude"]?.decimal
        else { throw .missing("location['latitude'] and location['longitude']") }
        guard (-90...90).contains(latitude), (-180...180).contains(longitude) else {
            throw .messaging(131_009, "location: latitude or longitude is out of range.")
        }
    }

    private static func checkReaction(_ reaction: Field) throws(GraphError) {
        let id = try reaction.text("message_id", max: 512)
        guard id.hasPrefix("wamid.") else {
            throw .messaging(131_009, "reaction['message_id'] is not a message id.")
        }
        guard reaction.json["emoji"]?.text != nil else { throw .missing("reaction['emoji']") }
        try reaction.optionalText("emoji", max: 16, code: 131_009)
    }

    private static func checkTemplateFrame(_ template: Field) throws(GraphError) {
        _ = try template.text("name", max: 512)
        _ = try template.object("language").text("code", max: 10)
    }
}
