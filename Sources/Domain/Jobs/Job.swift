/// What a job does. The raw value is what the database and the API show.
package enum JobKind: String, Codable, CaseIterable, Sendable {
    /// Hand a message to Meta. Subject: the message.
    case send = "whatsapp.send"
    /// Mark a customer's messages as read, perhaps showing that somebody is typing. Subject: the newest message.
    case markRead = "whatsapp.read"
    /// Fetch a customer's media from Meta. Subject: the media row.
    case fetchMedia = "media.fetch"
    /// Write a message onto the contact's timeline in a CRM. Subject: the message.
    case recordActivity = "crm.activity"
    /// Bring what the CRM shows of a message up to date: its status, an edit. Subject: the message.
    case updateActivity = "crm.update"
    /// Bring a contact's own fields to a CRM. Subject: the contact.
    case upsertContact = "crm.contact"
    /// Tell a CRM that a person was erased. Subject: the erasure; the contact is the ordering key.
    case tellErasure = "crm.erasure"
}

/// The life of a job.
///
/// `available → running → completed`, or for what a destination cannot recognise as a repeat
/// `available → running → sending → completed`. A crash, a lost connection or a time-out after the request was
/// written turns `sending` into `uncertain`, never back into `available`.
package enum JobState: String, Codable, CaseIterable, Sendable {
    /// Waits for its due time and for earlier jobs of its ordering key.
    case available
    /// Claimed; nothing has left. A rescue puts it back.
    case running
    /// Committed before the first byte left.
    case sending
    /// It may have been done. Evidence or a person settles it.
    case uncertain
    /// Done. Pruned after a day.
    case completed
    /// A dead letter: kept until a person repeats, mends or dismisses it.
    case discarded
}

/// One destination, worked by one node at a time.
package enum Lane: Hashable, Sendable {
    /// Messages of one business number to Meta.
    case number(NumberID)
    /// Media of one business number from Meta.
    case media(NumberID)
    /// One CRM account.
    case connection(ConnectionID)
    /// One subscriber to webhooks.
    case subscriber(WebhookEndpointID)
    /// What happens by the clock: settling, reminding, pruning.
    case clock
}

extension Lane: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .number(let id): "number:\(id)"
        case .media(let id): "media:\(id)"
        case .connection(let id): "crm:\(id)"
        case .subscriber(let id): "hook:\(id)"
        case .clock: "clock"
        }
    }

    package init?(_ description: String) {
        let parts = description.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.count == 2 ? parts[1] : nil) {
        case ("clock", nil): self = .clock
        case ("number", let id?):
            guard let id = NumberID(id) else { return nil }
            self = .number(id)
        case ("media", let id?):
            guard let id = NumberID(id) else { return nil }
            self = .media(id)
        case ("crm", let id?):
            guard let id = ConnectionID(id) else { return nil }
            self = .connection(id)
        case ("hook", let id?):
            guard let id = WebhookEndpointID(id) else { return nil }
            self = .subscriber(id)
        default: return nil
        }
    }
}
