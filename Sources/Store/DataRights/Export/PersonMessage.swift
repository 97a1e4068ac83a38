package import Domain

/// A message as a person is given it: what was said, by whom, and what became of it.
package struct PersonMessage: Encodable, Sendable {
    package struct StatusNews: Encodable, Sendable {
        package let status: String
        package let at: RecordedTime
    }

    /// An edit with its new content, or the deletion.
    package struct Version: Encodable, Sendable {
        package let kind: String
        package let at: RecordedTime
        package let content: MessageContent?
    }

    package struct Reaction: Encodable, Sendable {
        /// Whether it is the person's; else the company's.
        package let isInbound: Bool
        package let emoji: String
        package let at: RecordedTime
    }

    /// A picture, voice note or document of the message.
    package struct File: Encodable, Sendable {
        package let id: MediaID
        package let kind: String
        package let mimeType: String?
        package let filename: String?
        /// In bytes.
        package let size: Int64?
        /// Its name in the media folder; nil where there is no file (any more).
        package let sha256: String?
    }

    package let id: MessageID
    package let whatsappID: String?
    /// Whether the person wrote it.
    package let isInbound: Bool
    package let origin: String
    /// Who of the company wrote it.
    package let author: String?
    package let at: RecordedTime
    package let receivedAt: RecordedTime
    package let status: String
    package let statusAt: RecordedTime
    package let content: MessageContent
    package let context: MessageContext?
    package let failure: RecordedJSON?
    package let editedAt: RecordedTime?
    package let revokedAt: RecordedTime?
    package internal(set) var statuses: [StatusNews] = []
    package internal(set) var versions: [Version] = []
    package internal(set) var reactions: [Reaction] = []
    package internal(set) var file: File?
}

extension PersonMessage {
    static let columns = """
        m.id, m.wamid, m.is_inbound, m.origin, m.author, m.kind, m.content, m.context, m.meta_at, m.received_at,
            m.status, m.status_at, m.failure, m.edited_at, m.revoked_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        whatsappID = try row.get("wamid")
        isInbound = try row.get("is_inbound")
        origin = try row.get("origin")
        author = try row.get("author")
        at = try row.get("meta_at")
        receivedAt = try row.get("received_at")
        status = try row.get("status")
        statusAt = try row.get("status_at")
        content = try row.content("content", kind: "kind")
        context = try row.decoration("context")
        failure = try row.recordedJSON("failure")
        editedAt = try row.get("edited_at")
        revokedAt = try row.get("revoked_at")
    }
}
