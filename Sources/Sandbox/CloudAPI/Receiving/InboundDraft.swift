/// What a customer says, before sender, id and time are put to it.
struct InboundDraft: Sendable {
    static let mediaTypes: Set<String> = ["image", "video", "audio", "document", "sticker"]
    private static let types: Set<String> = mediaTypes.union([
        "text", "location", "contacts", "interactive", "button", "reaction", "order", "system", "edit", "revoke",
        "unsupported", "request_welcome",
    ])
    /// Members the sandbox fills in itself.
    private static let reserved: Set<String> = [
        "from", "from_user_id", "from_parent_user_id", "id", "timestamp", "type", "name", "identity", "username",
        "phone_number_id", "parent_user_id",
    ]

    let type: String
    var content: JSON?
    /// `context`, `referral`, `errors`, `group_id` and whatever else a message may carry.
    let extras: [JSONObject.Member]
    /// Unix seconds, for messages that come late.
    let timestamp: Int64?
    let id: String?

    /// Reads what `POST /sandbox/customers/{phone}/messages` was given: `{"text": "Hola"}`, or a message as Meta
    /// writes it, with or without `type`.
    init(_ json: JSON) throws(ControlError) {
        guard let members = json.members else { throw ControlError("A message is an object.") }
        let named = json["type"]?.text ?? members.keys.first { Self.types.contains($0) }
        guard let named, !named.isEmpty, named.utf8.count <= 64 else {
            throw ControlError("A message needs a type, or one of \(Self.types.sorted().joined(separator: ", ")).")
        }
        let type = named == "voice" ? "audio" : named
        self.type = type
        content = json[named]
        if type == "text", let body = json["text"]?.text { content = ["body": JSON(body)] }
        if named == "voice" { content = Self.merged(json["voice"] ?? [:], ["voice": true]) }
        if Self.mediaTypes.contains(type), content == nil { content = [:] }
        var extras = members.members.filter {
            !Self.reserved.contains($0.key) && $0.key != named && $0.key != type
        }
        if type == "unsupported", json["errors"] == nil { extras.append(Self.unsupported) }
        self.extras = extras
        timestamp = json["timestamp"]?.wholeNumber
        id = json["id"]?.text
    }

    static func text(_ body: String) -> InboundDraft { InboundDraft(type: "text", content: ["body": JSON(body)]) }

    init(type: String, content: JSON, context: JSON? = nil) {
        self.type = type
        self.content = content
        extras = context.map { [JSONObject.Member(key: "context", value: $0)] } ?? []
        timestamp = nil
        id = nil
    }

    /// Whether the message opens the 24-hour window: what the person did themselves.
    var opensWindow: Bool { !["system", "unsupported", "edit", "revoke"].contains(type) }

    var isFromAdvertisement: Bool {
        extras.first { $0.key == "referral" }?.value["source_type"]?.text == "ad"
    }

    /// What Meta sends beside a message it cannot show.
    private static let unsupported = JSONObject.Member(
        key: "errors",
        value: [
            [
                "code": 131051, "title": "Message type unknown", "message": "Message type unknown",
                "error_data": ["details": "Message type is currently not supported."],
            ]
        ])

    private static func merged(_ json: JSON, _ more: JSON) -> JSON {
        var merged = json.members ?? JSONObject()
        for member in more.members?.members ?? [] { merged[member.key] = member.value }
        return .object(merged)
    }
}
