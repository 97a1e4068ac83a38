import Domain

extension ReceivedStatus {
    /// Out of an item of `statuses[]`. Nil without id, status or time.
    ///
    /// In a group the recipient is the member, under either of the two names that Meta's pages give its key;
    /// `recipient_id` is then the group's id and no person's.
    init?(_ json: JSON, at: Timestamp?, contacts: ContactIndex) {
        guard let id = json["id"].text, let name = json["status"].text, let at else { return nil }
        let isGroup = json["recipient_type"].text == "group"
        let member = json["recipient_participant_id"].text ?? json["participant_recipient_id"].text
        let phone = isGroup ? "recipient_participant_id" : "recipient_id"
        var recipient = Participant(
            json, phone: phone, userID: "recipient_user_id", parentUserID: "recipient_parent_user_id")
        if isGroup, !recipient.isIdentified, let member { recipient = Participant(address: member) }
        self.init(
            messageID: id, name: name, at: at, recipient: contacts.completing(recipient), groupParticipantID: member,
            isGroup: isGroup, callbackData: json["biz_opaque_callback_data"].text, pricing: Pricing(json["pricing"]),
            failures: json["errors"].items.compactMap { GraphFailure($0) })
    }
}

extension ReceivedStatus.Pricing {
    /// `pricing{billable, pricing_model, type, category}`.
    init?(_ json: JSON) {
        guard json.isObject else { return nil }
        self.init(
            category: json["category"].text, type: json["type"].text, model: json["pricing_model"].text,
            isBillable: json["billable"].flag)
    }
}
