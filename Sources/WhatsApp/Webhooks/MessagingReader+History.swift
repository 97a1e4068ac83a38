import Domain

/// The field `history`: what was said before a phone's number was connected, in chunks.
/// Shape: `history[]{metadata{phase, chunk_order, progress}, threads[]{id, messages[]{…, history_context{status}}}}` or
/// `history[]{errors[]}` when the shop declined to share. Source: Cloud API, "Webhooks: history", Graph API v25.0.
extension MessagingReader {
    func history(_ chunk: JSON) -> [Update.Fact] {
        guard chunk.isObject else { return [malformed(chunk)] }
        var facts = chunk["threads"].items.flatMap(thread)
        if !chunk["errors"].isNull { facts.append(notice(errors: chunk["errors"])) }
        return facts.isEmpty ? [progress(of: chunk)] : facts
    }

    private func thread(_ thread: JSON) -> [Update.Fact] {
        let messages = thread["messages"].items
        guard !messages.isEmpty else { return [malformed(thread)] }
        let customer = customer(of: thread)
        return messages.map { item in
            let origin = ReceivedMessage.Origin.history(
                isInbound: isInbound(item, from: customer), status: historyStatus(of: item))
            return fact(of: item, origin: origin, participant: customer)
        }
    }

    /// The thread's id is the customer's number, or BSUID; newer payloads name both in `context`.
    private func customer(of thread: JSON) -> Participant {
        var customer = thread["id"].text.map(Participant.init(address:)) ?? Participant()
        let named = Participant(contact: thread["context"])
        customer.waID = customer.waID ?? named.waID
        customer.userID = customer.userID ?? named.userID
        customer.username = named.username
        return contacts.completing(customer)
    }

    private func isInbound(_ item: JSON, from customer: Participant) -> Bool {
        if isFromBusiness(item) { return false }
        let sender = Participant(item, from: .sender)
        if let waID = sender.waID, waID == customer.waID { return true }
        if let userID = sender.userID, userID == customer.userID { return true }
        // Only what the shop sent names a recipient.
        return item["to"].isNull && item["to_user_id"].isNull
    }

    /// Whether the sender is the number that the webhook is about, written with or without "+" and spaces.
    func isFromBusiness(_ item: JSON) -> Bool {
        guard let sender = item["from"].text, let displayNumber else { return false }
        return sender == displayNumber || (sender.digits == displayNumber.digits && !sender.digits.isEmpty)
    }

    /// `READ`, `DELIVERED`, … as Meta writes it.
    func historyStatus(of item: JSON) -> String? {
        item["history_context"]["status"].text
    }

    /// A chunk without threads only says how far the transfer has come.
    private func progress(of chunk: JSON) -> Update.Fact {
        let detail: JSON = ["history": [chunk], "metadata": change.value["metadata"]]
        return .notice(
            AccountNotice(event: "history", subject: displayNumber, at: change.entryTime, detail: detail.sortedText))
    }
}

extension String {
    fileprivate var digits: [UInt8] {
        utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
