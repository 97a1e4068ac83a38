import Domain

/// A contact or a message the own system was told of.
struct OwnItem: Sendable {
    /// The id of the thing itself: `data.id`; of an event that names none, the event's.
    let id: String
    /// The type of the event that told of it first.
    let type: String
    /// What is known now: later events change single members.
    var data: JSON
    let remoteID: String
    let webhookID: String
    let receivedAt: Timestamp
    var updatedAt: Timestamp
    /// Different events that told of it as new. More than one means it was recorded twice.
    var recordings: Int
    /// Different events in all.
    var events = 1
    /// Events that came again: answered, and nothing was changed.
    var repetitions = 0

    mutating func take(type: String, data new: JSON, now: Timestamp) {
        events += 1
        if OwnState.isRecording(type) { recordings += 1 }
        updatedAt = now
        for member in new.members?.members ?? [] { data[member.key] = member.value }
    }

    var json: JSON {
        [
            "id": JSON(id), "type": JSON(type), "remote_id": JSON(remoteID), "webhook_id": JSON(webhookID),
            "received_at": JSON(receivedAt.milliseconds), "updated_at": JSON(updatedAt.milliseconds),
            "recordings": JSON(recordings), "events": JSON(events), "repetitions": JSON(repetitions), "data": data,
        ]
    }
}
