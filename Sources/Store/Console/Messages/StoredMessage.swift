package import Domain

/// Where a message came from.
package enum MessageOrigin: String, Codable, CaseIterable, Sendable {
    case customer, staff, automation, api, crm
    /// Written by the shop on its phone.
    case echo
    /// From before the number was connected.
    case history
}

/// A message with all that a thread, a list or the API shows of it.
package struct StoredMessage: Sendable {
    package let id: MessageID
    package let conversation: ConversationID
    package let contact: ContactID
    package let number: NumberID
    /// The wamid; nil until Meta has accepted it.
    package let wamid: String?
    package let isInbound: Bool
    package let origin: MessageOrigin
    /// The name shown: a person's, a rule's, a key's, a connection's.
    package let author: String?
    package let staff: StaffID?
    package let content: MessageContent
    /// What is quoted or forwarded, the advertisement, the group.
    package let context: MessageContext?
    /// Meta's time; ours until Meta has one.
    package let at: Timestamp
    package let receivedAt: Timestamp
    package let storedAt: Timestamp
    package let status: MessageStatus
    package let statusAt: Timestamp
    package let failure: ShownFailure?
    package let pricing: ReceivedStatus.Pricing?
    /// The message that this one repeats.
    package let retryOf: MessageID?
    package let editedAt: Timestamp?
    package let revokedAt: Timestamp?

    /// The newest message that repeats this one.
    package internal(set) var retriedBy: MessageID?
    /// Why Meta keeps it back, as long as there is no other news of it.
    package internal(set) var hold: SendReceipt.Hold?
    package internal(set) var media: MessageFile?
    package internal(set) var quoted: QuotedMessage?
    /// At most one of each side.
    package internal(set) var reactions: [MessageReaction] = []
    /// One for each CRM that the message concerns.
    package internal(set) var records: [RecordMark] = []
    /// The dead letter of its own sending.
    package internal(set) var deadLetter: JobID?
}

/// The bytes of a picture, voice note or file.
package struct MessageFile: Sendable {
    package enum State: String, Sendable, SQLConvertible { case fetching, stored, failed, pruned }

    package let id: MediaID
    package let message: MessageID?
    package let kind: String
    package let state: State
    package let mimeType: String?
    package let filename: String?
    /// In bytes.
    package let size: Int64?
    /// The file's name in the media folder, once it is stored.
    package let sha256: String?
    package let failure: ShownFailure?
}

/// The message that another one answers.
package struct QuotedMessage: Sendable {
    package let wamid: String
    /// Nil when it is not in our store; so are the rest then.
    package let id: MessageID?
    package let content: MessageContent?
    package let isInbound: Bool?
    package let author: String?
}

package struct MessageReaction: Equatable, Sendable {
    /// Whether it is the customer's.
    package let isInbound: Bool
    package let emoji: String
    package let at: Timestamp
}

/// What became of a message in one CRM.
package struct RecordMark: Sendable {
    package enum State: String, Sendable, SQLConvertible {
        case waiting, recorded, dead
        case notApplicable = "not_applicable"
    }

    package let connection: ConnectionID
    /// Its name in the configuration.
    package let name: String
    /// `hubspot`, `own`, …
    package let kind: String
    package let state: State
    /// Why it is not applicable: `history`, `system`, `dismissed`.
    package let reason: String?
    package let remoteID: String?
    /// The status that the CRM shows.
    package let recordedStatus: MessageStatus?
    package let recordedAt: Timestamp?
    package internal(set) var deadLetter: JobID?
}
