import Domain

extension MessageOrigin: SQLConvertible {}

extension StoredMessage {
    static let columns = """
        m.id, m.conversation_id, m.contact_id, m.number_id, m.wamid, m.is_inbound, m.origin, m.author, m.staff_id,
            m.kind, m.content, m.context, m.meta_at, m.received_at, m.stored_at, m.status, m.status_at, m.failure,
            m.pricing, m.retry_of, m.edited_at, m.revoked_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        conversation = try row.get("conversation_id")
        contact = try row.get("contact_id")
        number = try row.get("number_id")
        wamid = try row.get("wamid")
        isInbound = try row.get("is_inbound")
        origin = try row.get("origin")
        author = try row.get("author")
        staff = try row.get("staff_id")
        content = try row.content("content", kind: "kind")
        context = try row.decoration("context")
        at = try row.get("meta_at")
        receivedAt = try row.get("received_at")
        storedAt = try row.get("stored_at")
        status = try row.get("status")
        statusAt = try row.get("status_at")
        failure = try row.failure("failure")
        pricing = try row.decoration("pricing")
        retryOf = try row.get("retry_of")
        editedAt = try row.get("edited_at")
        revokedAt = try row.get("revoked_at")
    }
}

extension MessageFile {
    static let columns = "f.id, f.message_id, f.kind, f.state, f.mime_type, f.filename, f.size, f.sha256, f.failure"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        message = try row.get("message_id")
        kind = try row.get("kind")
        state = try row.get("state")
        mimeType = try row.get("mime_type")
        filename = try row.get("filename")
        size = try row.get("size")
        sha256 = try row.get("sha256")
        failure = try row.failure("failure")
    }
}

extension RecordMark {
    init(_ row: SQLRow) throws {
        connection = try row.get("connection_id")
        name = try row.get("slug")
        kind = try row.get("kind")
        state = try row.get("state")
        reason = try row.get("reason")
        remoteID = try row.get("remote_id")
        recordedStatus = try row.get("recorded_status")
        recordedAt = try row.get("recorded_at")
    }
}
