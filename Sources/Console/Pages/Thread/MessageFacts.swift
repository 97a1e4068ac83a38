package import Domain

/// A message of a thread, as the store knows it.
package struct MessageFacts: Sendable {
    /// Who wrote it.
    package enum Author: Equatable, Sendable {
        case customer
        case staff(name: String, isReader: Bool)
        /// With the name of the rule.
        case automation(rule: String)
        case api
        case crm(connection: String)
        /// The shop, from its phone (an echo).
        case phone
    }

    package var id: MessageID
    /// The wamid, by which reactions and quotes name it.
    package var messageID: String?
    package var author: Author
    /// Meta's time; ours until Meta has told one.
    package var at: Timestamp
    package var content: MessageContent
    package var status: MessageStatus
    package var failure: SendFailureFacts?
    /// Why WhatsApp keeps it back, as long as there is no other news of it.
    package var hold: SendReceipt.Hold?
    package var media: MediaFacts?
    package var quote: QuoteFacts?
    package var isForwarded: Bool
    package var isEdited: Bool
    package var isDeleted: Bool
    /// From before the connection (history): told apart, since nothing was automated then.
    package var isHistory: Bool
    package var advertisement: AdvertisementFacts?
    package var record: RecordFacts
    /// The message that this one repeats, when it is a further attempt.
    package var attemptOf: MessageID?
    /// An earlier message of ours that was never sent is missing before this one.
    package var followsGap: Bool
    /// The one that each side has on it, as the store knows: also when it came on another page than its message.
    package var reactions: [ReactionFacts]

    package init(
        id: MessageID, messageID: String? = nil, author: Author, at: Timestamp, content: MessageContent,
        status: MessageStatus = .received, failure: SendFailureFacts? = nil, hold: SendReceipt.Hold? = nil,
        media: MediaFacts? = nil, quote: QuoteFacts? = nil, isForwarded: Bool = false, isEdited: Bool = false,
        isDeleted: Bool = false, isHistory: Bool = false, advertisement: AdvertisementFacts? = nil,
        record: RecordFacts = .notApplicable, attemptOf: MessageID? = nil, followsGap: Bool = false,
        reactions: [ReactionFacts] = []
    ) {
        self.id = id
        self.messageID = messageID
        self.author = author
        self.at = at
        self.content = content
        self.status = status
        self.failure = failure
        self.hold = hold
        self.media = media
        self.quote = quote
        self.isForwarded = isForwarded
        self.isEdited = isEdited
        self.isDeleted = isDeleted
        self.isHistory = isHistory
        self.advertisement = advertisement
        self.record = record
        self.attemptOf = attemptOf
        self.followsGap = followsGap
        self.reactions = reactions
    }
}

/// Why a message of ours did not arrive.
package struct SendFailureFacts: Sendable {
    /// The vendor's code, for example `131047`; nil when none was given.
    package var code: String?
    /// What happened and what to do, in plain words.
    package var advice: LocalizedText
    /// Whether the same message may be tried again; a message outside the window may not.
    package var mayRetry: Bool

    package init(code: String?, advice: LocalizedText, mayRetry: Bool) {
        self.code = code
        self.advice = advice
        self.mayRetry = mayRetry
    }
}

/// Where the bytes of a picture, voice note or file are.
package struct MediaFacts: Sendable {
    package enum State: Sendable {
        case fetching
        case stored(bytes: Int64)
        /// With the sentence why.
        case failed(LocalizedText)
        /// Kept for as long as the workspace keeps files, and gone since.
        case pruned
    }

    package var id: MediaID
    package var state: State

    package init(id: MediaID, state: State) {
        self.id = id
        self.state = state
    }
}

/// The message that another one answers.
package struct QuoteFacts: Sendable {
    /// Nil when the quoted message is not in our store.
    package var id: MessageID?
    /// Nil: the customer.
    package var author: String?
    package var content: MessageContent?

    package init(id: MessageID?, author: String?, content: MessageContent?) {
        self.id = id
        self.author = author
        self.content = content
    }
}

/// A reaction to a message, of the customer or of the company.
package struct ReactionFacts: Equatable, Sendable {
    package var isInbound: Bool
    package var emoji: String

    package init(isInbound: Bool, emoji: String) {
        self.isInbound = isInbound
        self.emoji = emoji
    }
}

/// The advertisement that the customer came through.
package struct AdvertisementFacts: Sendable {
    package var headline: String?
    package var url: String?

    package init(headline: String?, url: String?) {
        self.headline = headline
        self.url = url
    }
}

/// What became of a message in the CRM.
package enum RecordFacts: Sendable {
    case notApplicable
    case waiting(connection: String)
    case recorded(connection: String)
    case failed(connection: String, deadLetter: JobID)
}
