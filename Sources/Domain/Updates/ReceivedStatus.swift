/// News of an outbound message. Arrives twice, late and out of order.
package struct ReceivedStatus: Equatable, Sendable {
    package struct Pricing: Equatable, Codable, Sendable {
        package var category: String?
        package var type: String?
        package var model: String?
        package var isBillable: Bool?

        package init(category: String?, type: String?, model: String?, isBillable: Bool?) {
            self.category = category
            self.type = type
            self.model = model
            self.isBillable = isBillable
        }
    }

    /// The wamid of the message it speaks of.
    package var messageID: String
    /// Meta's word: `sent`, `delivered`, `read`, `played`, `failed`, or one we do not know yet.
    package var name: String
    package var at: Timestamp
    package var recipient: Participant
    /// Groups: the member it speaks of.
    package var groupParticipantID: String?
    package var isGroup: Bool
    /// What we sent along in `biz_opaque_callback_data`.
    package var callbackData: String?
    package var pricing: Pricing?
    package var failures: [GraphFailure]

    package init(
        messageID: String, name: String, at: Timestamp, recipient: Participant, groupParticipantID: String? = nil,
        isGroup: Bool = false, callbackData: String? = nil, pricing: Pricing? = nil, failures: [GraphFailure] = []
    ) {
        self.messageID = messageID
        self.name = name
        self.at = at
        self.recipient = recipient
        self.groupParticipantID = groupParticipantID
        self.isGroup = isGroup
        self.callbackData = callbackData
        self.pricing = pricing
        self.failures = failures
    }

    /// Nil for a word of Meta's that this version does not know; the event is kept all the same.
    package var status: MessageStatus? {
        switch name {
        case "sent": .sent
        case "delivered": .delivered
        case "read": .read
        case "played": .played
        case "failed": .failed
        default: nil
        }
    }
}

/// An error as webhooks write it: `{code, title, message, error_data{details}, href}`.
package struct GraphFailure: Equatable, Codable, Sendable {
    package var code: Int
    package var title: String?
    package var details: String?

    package init(code: Int, title: String?, details: String?) {
        self.code = code
        self.title = title
        self.details = details
    }
}
