import Domain

extension IdentityChange {
    /// Out of a message of type `system`; nil for notes that change nobody's identity.
    ///
    /// `system{type, body, wa_id, user_id, parent_user_id, previous_user_id, previous_parent_user_id}`; payloads before
    /// 2022 say `customer_changed_number`, `new_wa_id` and `customer` (the old number).
    /// - Parameter sender: the participant of the item itself.
    init?(system item: JSON, id: String, at: Timestamp, sender: Participant) {
        let system = item["system"]
        let text = system["body"].text ?? ""
        switch system["type"].text {
        case "user_changed_number", "customer_changed_number":
            let names = Self.names(in: text)
            var current = Participant(system, phone: "wa_id", userID: "user_id", parentUserID: "parent_user_id")
            current.waID = current.waID ?? system["new_wa_id"].text ?? names?.new.waID
            var previous = Self.previous(in: system)
            previous.waID = [system["customer"].text, sender.waID, names?.old.waID].lazy
                .compactMap(\.self).first { $0 != current.waID }
            guard current.waID != nil || current.userID != nil, previous.isIdentified else { return nil }
            self.init(kind: .number, messageID: id, at: at, previous: previous, current: current, text: text)
        case "user_changed_user_id":
            let names = Self.names(in: text)
            var current = Participant(system, phone: "wa_id", userID: "user_id", parentUserID: "parent_user_id")
            current.userID = current.userID ?? sender.userID ?? names?.new.userID
            var previous = Self.previous(in: system)
            previous.userID = previous.userID ?? names?.old.userID
            guard current.userID != nil, previous.isIdentified else { return nil }
            self.init(kind: .userID, messageID: id, at: at, previous: previous, current: current, text: text)
        case "customer_identity_changed":
            guard sender.isIdentified else { return nil }
            self.init(kind: .identityHash, messageID: id, at: at, previous: sender, current: sender, text: text)
        default:
            return nil
        }
    }

    /// Out of an item of `user_id_update[]`, a field that Meta announced and withdrew:
    /// `{user_id{previous, current}, parent_user_id{previous, current}, timestamp?}`.
    ///
    /// It carries no message id: one is made of the two user ids, so that the same news twice is one.
    init?(userIDUpdate item: JSON, at: Timestamp?, contacts: ContactIndex) {
        let user = item["user_id"]
        let parent = item["parent_user_id"]
        guard let at, let old = user["previous"].text, let new = user["current"].text else { return nil }
        let current = contacts.completing(Participant(userID: new, parentUserID: parent["current"].text))
        self.init(
            kind: .userID, messageID: "user_id_update:\(old):\(new)", at: at,
            previous: Participant(userID: old, parentUserID: parent["previous"].text), current: current,
            text: "User \(current.profileName ?? "") changed from \(old) to \(new)")
    }

    private static func previous(in system: JSON) -> Participant {
        Participant(
            userID: system["previous_user_id"].text, parentUserID: system["previous_parent_user_id"].text)
    }

    /// Old and new out of WhatsApp's sentence "… changed from A to B", for payloads that name only one of them.
    private static func names(in text: String) -> (old: Participant, new: Participant)? {
        let words = text.split(separator: " ")
        guard words.count >= 5, words[words.count - 2] == "to", words[words.count - 4] == "from" else { return nil }
        return (
            Participant(address: String(words[words.count - 3])), Participant(address: String(words[words.count - 1]))
        )
    }
}
