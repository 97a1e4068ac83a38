import Domain

/// Reads a value with `metadata` and arrays: `contacts`, `messages`, `statuses`, `message_echoes`, `history`,
/// `user_preferences`, `user_id_update`, `errors`. The arrays are recognised by their keys, whatever the field is called.
struct MessagingReader {
    let change: Change
    let contacts: ContactIndex

    init(_ change: Change) {
        self.change = change
        self.contacts = ContactIndex(change.value["contacts"].items)
    }

    var facts: [Update.Fact] {
        let value = change.value
        var facts: [Update.Fact] = []
        facts += value["messages"].items.map(message)
        facts += value["statuses"].items.map(status)
        facts += value["message_echoes"].items.map(echo)
        facts += value["history"].items.flatMap(history)
        facts += value["user_preferences"].items.map(preference)
        facts += value["user_id_update"].items.map(userIDUpdate)
        facts += value["errors"].isNull ? [] : [notice(errors: value["errors"])]
        return facts
    }

    func malformed(_ item: JSON) -> Update.Fact {
        .unrouted(.malformed, excerpt: item.excerpt())
    }

    /// An item's own time; where it has none, the entry's.
    func time(of item: JSON) -> Timestamp? {
        item["timestamp"].time ?? change.entryTime
    }

    private func message(_ item: JSON) -> Update.Fact {
        guard change.field == "history" else {
            let sender = Participant(item, from: .sender)
            return fact(of: item, origin: .customer, participant: contacts.completing(sender))
        }
        // A file of the history, sent after the thread in which its place was held by a `media_placeholder`.
        let isInbound = !isFromBusiness(item)
        let participant = Participant(item, from: isInbound ? .sender : .recipient)
        let origin = ReceivedMessage.Origin.history(isInbound: isInbound, status: historyStatus(of: item))
        return fact(of: item, origin: origin, participant: contacts.completing(participant))
    }

    private func echo(_ item: JSON) -> Update.Fact {
        let recipient = Participant(item, from: .recipient)
        return fact(of: item, origin: .echo, participant: contacts.completing(recipient))
    }

    private func status(_ item: JSON) -> Update.Fact {
        guard let status = ReceivedStatus(item, at: time(of: item), contacts: contacts) else { return malformed(item) }
        return .status(status)
    }

    private func preference(_ item: JSON) -> Update.Fact {
        let person = Participant(item, phone: "wa_id", userID: "user_id", parentUserID: "parent_user_id")
        let participant = contacts.completing(person)
        guard let value = item["value"].text, let at = time(of: item), participant.isIdentified else {
            return malformed(item)
        }
        return .preference(
            ContactPreference(
                participant: participant, category: item["category"].text ?? "marketing_messages", value: value,
                detail: item["detail"].text, at: at))
    }

    private func userIDUpdate(_ item: JSON) -> Update.Fact {
        guard let change = IdentityChange(userIDUpdate: item, at: time(of: item), contacts: contacts) else {
            return malformed(item)
        }
        return .identityChange(change)
    }

    /// Errors that concern the number and no message.
    func notice(errors: JSON) -> Update.Fact {
        let codes = errors.items.compactMap { GraphFailure($0)?.code }.filter { $0 >= 0 }
        let detail: JSON = ["errors": errors, "metadata": change.value["metadata"]]
        return .notice(
            AccountNotice(
                event: codes.first.map { "error \($0)" } ?? "errors", subject: displayNumber, at: change.entryTime,
                detail: detail.sortedText))
    }

    var displayNumber: String? { change.value["metadata"]["display_phone_number"].text }
}
