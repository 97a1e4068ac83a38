package import Domain

/// One message as it stands on a contact's timeline in the CRM.
package struct Activity: Equatable, Sendable {
    package enum Direction: String, Codable, Sendable { case inbound, outbound }

    /// Our message id, 13 characters: the marker by which the activity is found again.
    package var puenteID: String
    package var contact: ActivityContact
    /// Our conversation id.
    package var conversationID: String
    package var direction: Direction
    /// Who wrote it: the customer, the colleague, or the name of the automation.
    package var authorName: String
    /// Meta's time of the message.
    package var at: Timestamp
    package var kind: MessageContent.Kind
    /// As a person would read it, plain: the text, a caption, "location: …". Never HTML.
    package var text: String
    package var media: [ActivityMedia]
    package var status: MessageStatus
    /// Why it failed, for programs: Meta's error code, or a word of ours such as `outside_service_window`; only with a
    /// status of `failed`, `refused` or `uncertain`.
    package var statusCode: String?
    /// The same in a sentence for people.
    package var statusDetail: LocalizedText?
    /// Since when it has this status.
    package var statusAt: Timestamp?
    /// The conversation in our console.
    package var conversationURL: String?

    package init(
        puenteID: String, contact: ActivityContact, conversationID: String, direction: Direction, authorName: String,
        at: Timestamp, kind: MessageContent.Kind, text: String, media: [ActivityMedia] = [], status: MessageStatus,
        statusCode: String? = nil, statusDetail: LocalizedText? = nil, statusAt: Timestamp? = nil,
        conversationURL: String? = nil
    ) {
        self.puenteID = puenteID
        self.contact = contact
        self.conversationID = conversationID
        self.direction = direction
        self.authorName = authorName
        self.at = at
        self.kind = kind
        self.text = text
        self.media = media
        self.status = status
        self.statusCode = statusCode
        self.statusDetail = statusDetail
        self.statusAt = statusAt
        self.conversationURL = conversationURL
    }
}

/// Whose timeline an activity belongs to.
package struct ActivityContact: Equatable, Sendable {
    /// Our contact id, 13 characters.
    package var puenteID: String
    /// The CRM's id of the contact. Needed where activities hang on records (HubSpot).
    package var remoteID: String?
    package var name: String?
    /// Digits as Meta writes them (`wa_id`); nil for people known without a number.
    package var waID: String?
    /// The business-scoped user id.
    package var userID: String?

    package init(
        puenteID: String, remoteID: String?, name: String? = nil, waID: String? = nil, userID: String? = nil
    ) {
        self.puenteID = puenteID
        self.remoteID = remoteID
        self.name = name
        self.waID = waID
        self.userID = userID
    }
}

/// A file of a message, as a link that opens in our console or for a limited time.
package struct ActivityMedia: Equatable, Sendable {
    package var kind: MediaContent.Kind
    package var url: String
    package var filename: String?
    package var mimeType: String?

    package init(kind: MediaContent.Kind, url: String, filename: String? = nil, mimeType: String? = nil) {
        self.kind = kind
        self.url = url
        self.filename = filename
        self.mimeType = mimeType
    }
}

/// A recorded activity and what it should say now. Carries all of it, since CRMs replace the text as a whole.
package struct ActivityUpdate: Equatable, Sendable {
    package var remoteID: String
    package var activity: Activity

    package init(remoteID: String, activity: Activity) {
        self.remoteID = remoteID
        self.activity = activity
    }
}
