import Domain

extension MessagingReader {
    /// What one message item says: a message, or news of one (edit, revoke, change of identity).
    func fact(of item: JSON, origin: ReceivedMessage.Origin, participant: Participant) -> Update.Fact {
        guard let id = item["id"].text, let at = time(of: item) else { return malformed(item) }
        switch item["type"].text {
        case "edit": return edit(item, id: id, at: at)
        case "revoke": return revocation(item, id: id, at: at)
        case "system":
            if let change = IdentityChange(system: item, id: id, at: at, sender: participant) {
                return .identityChange(change)
            }
        default: break
        }
        guard participant.isIdentified else { return malformed(item) }
        return .message(
            ReceivedMessage(
                id: id, origin: origin, participant: participant, at: at, content: MessageContent(received: item),
                context: ReceivedMessage.Context(item["context"]), referral: ReceivedMessage.Referral(item["referral"]),
                groupID: item["group_id"].text))
    }

    private func edit(_ item: JSON, id: String, at: Timestamp) -> Update.Fact {
        let edit = item["edit"]
        guard let originalID = edit["original_message_id"].text, edit["message"].isObject else {
            return malformed(item)
        }
        return .edit(
            MessageEdit(id: id, originalID: originalID, at: at, content: MessageContent(received: edit["message"])))
    }

    private func revocation(_ item: JSON, id: String, at: Timestamp) -> Update.Fact {
        guard let originalID = item["revoke"]["original_message_id"].text else { return malformed(item) }
        return .revocation(MessageRevocation(id: id, originalID: originalID, at: at))
    }
}

extension Participant {
    enum Side { case sender, recipient }

    /// The person on one side of a message item.
    init(_ item: JSON, from side: Side) {
        switch side {
        case .sender: self.init(item, phone: "from", userID: "from_user_id", parentUserID: "from_parent_user_id")
        case .recipient: self.init(item, phone: "to", userID: "to_user_id", parentUserID: "to_parent_user_id")
        }
    }
}

extension ReceivedMessage.Context {
    /// `context{id, forwarded, frequently_forwarded, referred_product{catalog_id, product_retailer_id}}`.
    init?(_ json: JSON) {
        guard json.isObject else { return nil }
        let product = json["referred_product"]
        self.init(
            messageID: json["id"].text, isForwarded: json["forwarded"].flag ?? false,
            isFrequentlyForwarded: json["frequently_forwarded"].flag ?? false, catalogID: product["catalog_id"].text,
            productRetailerID: product["product_retailer_id"].text)
    }
}

extension ReceivedMessage.Referral {
    /// `referral{source_url, source_id, source_type, headline, body, media_type, image_url|video_url, ctwa_clid}`.
    init?(_ json: JSON) {
        guard json.isObject else { return nil }
        self.init(
            sourceURL: json["source_url"].text, sourceID: json["source_id"].text,
            sourceType: json["source_type"].text, headline: json["headline"].text, body: json["body"].text,
            mediaType: json["media_type"].text,
            mediaURL: json["image_url"].text ?? json["video_url"].text ?? json["thumbnail_url"].text,
            clickID: json["ctwa_clid"].text)
    }
}
