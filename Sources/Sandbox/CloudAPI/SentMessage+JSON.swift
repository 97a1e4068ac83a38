import Domain

/// A sent message as `GET /sandbox/messages` shows it.
extension SentMessage {
    func controlJSON(customer: Customer?, callbackCount: Int?) -> JSON {
        var times = JSONObject()
        for entry in statuses { times.append(entry.status.rawValue, JSON(entry.at.milliseconds)) }
        return [
            "id": JSON(id), "phone_number_id": JSON(numberID), "to": JSON(address),
            "customer": customer.map { JSON($0.phone) } ?? .null, "type": JSON(type),
            "content": request[type] ?? .null, "context": request["context"],
            "callback_data": callbackData.map { JSON($0) } ?? .null,
            "times_accepted": callbackCount.map { JSON($0) }, "accepted_at": JSON(acceptedAt.milliseconds),
            "status": JSON(furthest?.rawValue ?? "accepted"), "statuses": .object(times),
            "error": failure.map(\.webhookItem),
        ]
    }
}
