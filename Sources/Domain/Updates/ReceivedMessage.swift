/// A message out of a webhook: written by the customer, or by the company on its phone (echo), now or in the past.
package struct ReceivedMessage: Equatable, Sendable {
    package enum Origin: Equatable, Sendable {
        case customer
        /// `smb_message_echoes` and `message_echoes`: sent by the shop from its phone. A fact only.
        case echo
        /// `history`: what was before connecting. A fact only. `status` as Meta writes it, upper case.
        case history(isInbound: Bool, status: String?)
    }

    package struct Context: Equatable, Codable, Sendable {
        /// The wamid quoted; nil for forwards.
        package var messageID: String?
        package var isForwarded: Bool
        package var isFrequentlyForwarded: Bool
        package var catalogID: String?
        package var productRetailerID: String?

        package init(
            messageID: String? = nil, isForwarded: Bool = false, isFrequentlyForwarded: Bool = false,
            catalogID: String? = nil, productRetailerID: String? = nil
        ) {
            self.messageID = messageID
            self.isForwarded = isForwarded
            self.isFrequentlyForwarded = isFrequentlyForwarded
            self.catalogID = catalogID
            self.productRetailerID = productRetailerID
        }
    }

    /// The advertisement or post through which the customer came (click to WhatsApp).
    package struct Referral: Equatable, Codable, Sendable {
        package var sourceURL: String?
        package var sourceID: String?
        package var sourceType: String?
        package var headline: String?
        package var body: String?
        package var mediaType: String?
        package var mediaURL: String?
        package var clickID: String?

        package init(
            sourceURL: String? = nil, sourceID: String? = nil, sourceType: String? = nil, headline: String? = nil,
            body: String? = nil, mediaType: String? = nil, mediaURL: String? = nil, clickID: String? = nil
        ) {
            self.sourceURL = sourceURL
            self.sourceID = sourceID
            self.sourceType = sourceType
            self.headline = headline
            self.body = body
            self.mediaType = mediaType
            self.mediaURL = mediaURL
            self.clickID = clickID
        }
    }

    /// The wamid.
    package var id: String
    package var origin: Origin
    package var participant: Participant
    /// Meta's time of the message.
    package var at: Timestamp
    package var content: MessageContent
    package var context: Context?
    package var referral: Referral?
    package var groupID: String?

    package init(
        id: String, origin: Origin, participant: Participant, at: Timestamp, content: MessageContent,
        context: Context? = nil, referral: Referral? = nil, groupID: String? = nil
    ) {
        self.id = id
        self.origin = origin
        self.participant = participant
        self.at = at
        self.content = content
        self.context = context
        self.referral = referral
        self.groupID = groupID
    }

    package var isInbound: Bool {
        switch origin {
        case .customer: true
        case .echo: false
        case .history(let isInbound, _): isInbound
        }
    }
}

/// The customer changed a message (within 15 minutes) or the shop did on its phone.
package struct MessageEdit: Equatable, Sendable {
    /// The wamid of the edit event itself: its key against duplicates.
    package var id: String
    package var originalID: String
    package var at: Timestamp
    package var content: MessageContent

    package init(id: String, originalID: String, at: Timestamp, content: MessageContent) {
        self.id = id
        self.originalID = originalID
        self.at = at
        self.content = content
    }
}

/// A message was deleted for everybody.
package struct MessageRevocation: Equatable, Sendable {
    package var id: String
    package var originalID: String
    package var at: Timestamp

    package init(id: String, originalID: String, at: Timestamp) {
        self.id = id
        self.originalID = originalID
        self.at = at
    }
}
