import Domain
import Synchronization

/// The statuses of an accepted message, at their times and as webhooks.
extension CloudAPI {
    func follow(_ message: SentMessage, _ fate: MessageFate, _ settings: SandboxConfiguration.Statuses) {
        var wait = Self.draw(settings.sent)
        switch fate {
        case .fails(let error):
            plan(message.id, .failed, after: wait, error)
        case .staysSent:
            plan(message.id, .sent, after: wait)
        case .arrives(let reads, let plays):
            plan(message.id, .sent, after: wait)
            wait += Self.draw(settings.delivered)
            plan(message.id, .delivered, after: wait)
            guard reads else { return }
            wait += Self.draw(settings.read)
            plan(message.id, .read, after: wait)
            if plays { plan(message.id, .played, after: wait + 1000) }
        }
    }

    /// Moves a message on and tells the business. False when the message is not known.
    @discardableResult
    func advance(_ id: String, to status: DeliveryStatus, _ failure: GraphError? = nil) -> Bool {
        let now = clock.now
        let found: (SentMessage, Customer)? = state.withLock { state in
            let message = state.sent.update(id) { message in
                message.reach(status, at: now)
                if status == .failed { message.failure = failure }
            }
            guard let message, let customer = state.customers[message.customerKey] else { return nil }
            state.counters.statuses[status.rawValue, default: 0] += 1
            return (message, customer)
        }
        guard let (message, customer) = found else { return false }
        emit(value(of: message, customer, status, failure, now))
        return true
    }

    private func plan(_ id: String, _ status: DeliveryStatus, after wait: Int64, _ failure: GraphError? = nil) {
        timetable.schedule(after: wait) { [self] in advance(id, to: status, failure) }
    }

    private static func draw(_ range: ClosedRange<Duration>) -> Int64 {
        Int64.random(in: range.lowerBound.wholeMilliseconds...range.upperBound.wholeMilliseconds)
    }

    private func value(
        of message: SentMessage, _ customer: Customer, _ status: DeliveryStatus, _ failure: GraphError?,
        _ now: Timestamp
    ) -> JSON {
        let isFailure = status == .failed
        var item = JSONObject()
        item.append("id", JSON(message.id))
        item.append("status", JSON(status.rawValue))
        item.append("timestamp", JSON(String(now.milliseconds / 1000)))
        customer.addRecipient(to: &item, sentToPhone: message.sentToPhone, isFailure: isFailure)
        if let data = message.callbackData { item.append("biz_opaque_callback_data", JSON(data)) }
        addPrice(of: message, status, to: &item, now)
        if isFailure, let failure { item.append("errors", [failure.webhookItem]) }
        let isTold = !isFailure || settings.withLock { $0.statuses.failedCarryContacts }
        let hasContacts = isTold && customer.identity.showsBSUID
        return [
            "messaging_product": "whatsapp", "metadata": metadata(message.numberID),
            "contacts": hasContacts ? [customer.contact(showsUsername: status != .sent)] : nil,
            "statuses": [.object(item)],
        ]
    }

    /// Up to v23.0 every status carries a conversation and `sent` the price; from v24.0 on `delivered` has the price.
    private func addPrice(
        of message: SentMessage, _ status: DeliveryStatus, to item: inout JSONObject, _ now: Timestamp
    ) {
        guard status != .failed else { return }
        if settings.withLock({ $0.statuses.webhookVersion }) >= 24 {
            if status == .delivered { item.append("pricing", message.pricing.json) }
            return
        }
        item.append(
            "conversation",
            [
                "id": JSON(message.conversationID),
                "expiration_timestamp": status == .sent ? JSON(String(now.milliseconds / 1000 + 86_400)) : nil,
                "origin": ["type": JSON(message.pricing.category)],
            ])
        item.append("pricing", message.pricing.json)
    }

    func metadata(_ numberID: String) -> JSON {
        let number = configuration.numbers.first { $0.id == numberID } ?? SandboxNumber()
        return ["display_phone_number": JSON(number.digits), "phone_number_id": JSON(numberID)]
    }

    /// Sends one change of the field `messages`; false when a callback's queue is full. Nothing is sent while the
    /// app is not subscribed to the WABA.
    @discardableResult
    func emit(_ value: JSON, field: String = "messages") -> Bool {
        guard state.withLock({ $0.isSubscribed }) else { return true }
        var writer = JSONWriter(style: .escaped, capacity: 768)
        writer.raw(#"{"value":"#)
        writer.write(value)
        writer.raw(#","field":"#)
        writer.write(field)
        writer.raw("}")
        let kind: WebhookUpdate.Kind =
            field == "messages" ? .change : .timedChange(seconds: clock.now.milliseconds / 1000)
        return office.send([WebhookUpdate(kind: kind, bytes: writer.bytes)], from: .whatsapp)
    }
}
