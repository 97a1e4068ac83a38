import Domain

/// A message in an event. Flat where it can be, so that tools without code can read it.
struct OwnMessage: Encodable, Equatable {
    struct Contact: Encodable, Equatable {
        let id: String
        let externalID: String?
        let name: String?
        let phone: String?
        let waID: String?
        let userID: String?

        enum CodingKeys: String, CodingKey {
            case id, name, phone
            case externalID = "external_id"
            case waID = "wa_id"
            case userID = "user_id"
        }

        /// Absent values are written as null: the receiver sees one shape always.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(externalID, forKey: .externalID)
            try container.encode(name, forKey: .name)
            try container.encode(phone, forKey: .phone)
            try container.encode(waID, forKey: .waID)
            try container.encode(userID, forKey: .userID)
        }
    }

    struct Media: Encodable, Equatable {
        let type: String
        let url: String
        let filename: String?
        let mimeType: String?

        enum CodingKeys: String, CodingKey {
            case type, url, filename
            case mimeType = "mime_type"
        }
    }

    let id: String
    let conversationID: String
    let conversationURL: String?
    let contact: Contact
    let direction: String
    let author: String
    let occurredAt: String
    let kind: String
    let text: String
    let media: [Media]
    let status: String
    let statusDetail: String?

    enum CodingKeys: String, CodingKey {
        case id, contact, direction, author, kind, text, media, status
        case conversationID = "conversation_id"
        case conversationURL = "conversation_url"
        case occurredAt = "occurred_at"
        case statusDetail = "status_detail"
    }

    init(_ activity: Activity) {
        id = activity.puenteID
        conversationID = activity.conversationID
        conversationURL = activity.conversationURL
        contact = Contact(
            id: activity.contact.puenteID, externalID: activity.contact.remoteID, name: activity.contact.name,
            phone: activity.contact.waID.map { "+\($0)" }, waID: activity.contact.waID, userID: activity.contact.userID)
        direction = activity.direction.rawValue
        author = activity.authorName
        occurredAt = activity.at.iso8601
        kind = activity.kind.rawValue
        text = activity.text
        media = activity.media.map {
            Media(type: $0.kind.rawValue, url: $0.url, filename: $0.filename, mimeType: $0.mimeType)
        }
        status = activity.status.rawValue
        statusDetail = activity.statusDetail?.en
    }
}

/// A contact in an event. What is nil is left out: it says nothing, not that the value is empty.
struct OwnContactRecord: Encodable, Equatable {
    let id: String
    let externalID: String?
    let firstName: String?
    let lastName: String?
    let email: String?
    let phone: String?
    let waID: String?
    let userID: String?
    let profileName: String?
    let optIn: String?
    let optInAt: String?
    let optInSource: String?
    let lastInboundAt: String?
    let lastOutboundAt: String?
    let windowExpiresAt: String?
    let conversationURL: String?

    enum CodingKeys: String, CodingKey {
        case id, email, phone
        case externalID = "external_id"
        case firstName = "first_name"
        case lastName = "last_name"
        case waID = "wa_id"
        case userID = "user_id"
        case profileName = "profile_name"
        case optIn = "opt_in"
        case optInAt = "opt_in_at"
        case optInSource = "opt_in_source"
        case lastInboundAt = "last_inbound_at"
        case lastOutboundAt = "last_outbound_at"
        case windowExpiresAt = "window_expires_at"
        case conversationURL = "conversation_url"
    }

    init(_ contact: ContactUpsert) {
        id = contact.puenteID
        externalID = contact.remoteID
        firstName = contact.firstName
        lastName = contact.lastName
        email = contact.email
        phone = contact.waID.map { "+\($0)" }
        waID = contact.waID
        userID = contact.userID
        profileName = contact.profileName
        optIn = contact.optIn?.rawValue
        optInAt = contact.optInAt?.iso8601
        optInSource = contact.optInSource
        lastInboundAt = contact.lastInboundAt?.iso8601
        lastOutboundAt = contact.lastOutboundAt?.iso8601
        windowExpiresAt = contact.windowExpiresAt?.iso8601
        conversationURL = contact.conversationURL
    }
}
