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
    let statusCode: String?
    let statusDetail: String?

    enum CodingKeys: String, CodingKey {
        case id, contact, direction, author, kind, text, media, status
        case conversationID = "conversation_id"
        case conversationURL = "conversation_url"
        case occurredAt = "occurred_at"
        case statusCode = "status_code"
        case statusDetail = "status_detail"
    }

    /// - Parameter language: of the sentence that says why it failed.
    init(_ activity: Activity, in language: Language) {
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
        statusCode = activity.statusCode
        statusDetail = activity.statusDetail?[language]
    }

    /// Absent values are written as null: the receiver sees one shape always.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(conversationID, forKey: .conversationID)
        try container.encode(conversationURL, forKey: .conversationURL)
        try container.encode(contact, forKey: .contact)
        try container.encode(direction, forKey: .direction)
        try container.encode(author, forKey: .author)
        try container.encode(occurredAt, forKey: .occurredAt)
        try container.encode(kind, forKey: .kind)
        try container.encode(text, forKey: .text)
        try container.encode(media, forKey: .media)
        try container.encode(status, forKey: .status)
        try container.encode(statusCode, forKey: .statusCode)
        try container.encode(statusDetail, forKey: .statusDetail)
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
    /// What the mapping says: null for what is emptied. Left out where it says nothing.
    let fields: [String: String?]?

    enum CodingKeys: String, CodingKey {
        case id, email, phone, fields
        case externalID = "external_id"
        case firstName = "first_name"
        case lastName = "last_name"
        case waID = "wa_id"
        case userID = "user_id"
        case profileName = "profile_name"
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
        fields = contact.fields.isEmpty ? nil : contact.fields.mapValues { $0.isEmpty ? nil : $0 }
    }
}

/// That a person was erased, in an event: ids, and nothing else.
struct OwnErasure: Encodable, Equatable {
    let id: String
    /// Further contacts that were this person.
    let formerIDs: [String]
    /// The receiver's own ids, where it named any.
    let externalIDs: [String]
    /// The company wishes that the receiver erases them, too.
    let isDeletionWished: Bool

    enum CodingKeys: String, CodingKey {
        case id
        case formerIDs = "former_ids"
        case externalIDs = "external_ids"
        case isDeletionWished = "delete"
    }

    init(_ erasure: ContactErasure) {
        id = erasure.puenteID
        formerIDs = erasure.formerPuenteIDs
        externalIDs = erasure.remoteIDs
        isDeletionWished = erasure.isDeletionWished
    }
}
