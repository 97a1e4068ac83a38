/// A send request that keeps Meta's limits in itself; whether it may go now depends on the customer and the account.
struct OutgoingMessage: Sendable {
    enum Recipient: Sendable {
        case phone(digits: String, input: String)
        case userID(String)

        var input: String {
            switch self {
            case .phone(_, let input): input
            case .userID(let id): id
            }
        }
    }

    let recipient: Recipient
    let type: String
    let request: JSON
    let callbackData: String?
    let contextID: String?

    /// What stands under the key named like the type.
    var content: JSON { request[type] ?? .null }

    /// Ids of uploaded media the message refers to, with the kind it must have.
    var media: [MediaReference] {
        switch type {
        case "image", "video", "audio", "document", "sticker": [MediaReference(kind: type, content)].compactMap { $0 }
        case "interactive": MediaReference.all(inHeader: content["header"])
        case "template": (content["components"]?.items ?? []).flatMap(MediaReference.all(inComponent:))
        default: []
        }
    }
}

/// Media used in a message: by the id of an upload, or by a public address.
struct MediaReference: Sendable {
    let kind: String
    let id: String?
    let link: String?

    init?(kind: String, _ json: JSON) {
        self.kind = kind
        id = json["id"]?.identifier
        link = json["link"]?.text
        if id == nil, link == nil { return nil }
    }

    static func all(inHeader header: JSON?) -> [MediaReference] {
        guard let kind = header?["type"]?.text, let media = header?[kind] else { return [] }
        return [MediaReference(kind: kind, media)].compactMap { $0 }
    }

    static func all(inComponent component: JSON) -> [MediaReference] {
        (component["parameters"]?.items ?? []).flatMap { all(inHeader: $0) }
    }
}
