package import Domain

/// What we tell a CRM about a contact. A nil field is left alone; nothing is ever emptied.
package struct ContactUpsert: Equatable, Sendable {
    package enum OptIn: String, Codable, Sendable {
        case unknown
        case optedIn = "opted_in"
        case optedOut = "opted_out"
    }

    /// Our contact id, 13 characters: the upsert key.
    package var puenteID: String
    /// The CRM's id, when it is known: then this record is updated.
    package var remoteID: String?
    /// For records that this creates. People's names in the CRM are theirs: they are never overwritten.
    package var firstName: String?
    package var lastName: String?
    package var email: String?
    /// Digits as Meta writes them; written as the phone of records that this creates, and as WhatsApp id of all.
    package var waID: String?
    /// Business-scoped user id.
    package var userID: String?
    /// What the customer calls himself on WhatsApp.
    package var profileName: String?
    package var optIn: OptIn?
    package var optInAt: Timestamp?
    package var optInSource: String?
    package var lastInboundAt: Timestamp?
    package var lastOutboundAt: Timestamp?
    package var windowExpiresAt: Timestamp?
    package var conversationURL: String?

    package init(
        puenteID: String, remoteID: String? = nil, firstName: String? = nil, lastName: String? = nil,
        email: String? = nil, waID: String? = nil, userID: String? = nil, profileName: String? = nil,
        optIn: OptIn? = nil, optInAt: Timestamp? = nil, optInSource: String? = nil, lastInboundAt: Timestamp? = nil,
        lastOutboundAt: Timestamp? = nil, windowExpiresAt: Timestamp? = nil, conversationURL: String? = nil
    ) {
        self.puenteID = puenteID
        self.remoteID = remoteID
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
        self.waID = waID
        self.userID = userID
        self.profileName = profileName
        self.optIn = optIn
        self.optInAt = optInAt
        self.optInSource = optInSource
        self.lastInboundAt = lastInboundAt
        self.lastOutboundAt = lastOutboundAt
        self.windowExpiresAt = windowExpiresAt
        self.conversationURL = conversationURL
    }
}
