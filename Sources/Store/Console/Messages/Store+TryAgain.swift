package import Domain

extension Store {
    /// Sends once more what did not arrive. A message whose job waits among the dead letters takes that job up again;
    /// one that Meta took and then failed becomes a new message, which names the old one.
    ///
    /// - Throws: `notFound`; `conflict` with the detail `not_failed`, or `may_have_been_sent` for what only its dead letter
    ///   sends again; what ``accept(_:)`` throws.
    package func tryAgain(
        _ message: MessageID, in workspace: WorkspaceID, by author: MessageCommand.Author
    ) async throws -> AcceptedMessage {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            // Once: two people who press the button send one message.
            try connection.lock(["retry:\(message)"], in: workspace)
            let failed = try FailedMessage.find(message, in: workspace, connection)
            if let job = failed.deadLetter {
                let report = try DeadLetterSettling(
                    store: store, connection: connection, workspace: workspace, actor: author.name, now: now
                ).retry([job], confirmed: false)
                guard report.unconfirmed.isEmpty else { throw PuenteError.mayHaveBeenSent }
                return AcceptedMessage(
                    message: message, conversation: failed.conversation, contact: failed.contact, lanes: report.lanes)
            }
            try connection.forgetUnreachable(at: [message], in: workspace)
            let command = MessageCommand(
                workspace: workspace, target: .conversation(failed.conversation), content: failed.content,
                replyTo: try failed.quoted(connection, in: workspace), author: author, retryOf: message)
            return try MessageAcceptance(store: store, connection: connection, command: command, now: now).accept()
        }
    }
}

/// A message of ours that did not arrive and was not repeated yet.
private struct FailedMessage {
    let conversation: ConversationID
    let contact: ContactID
    let number: NumberID
    let content: MessageContent
    let context: MessageContext?
    let deadLetter: JobID?

    static func find(
        _ message: MessageID, in workspace: WorkspaceID, _ connection: any SQLConnection
    ) throws -> FailedMessage {
        let row = try connection.row(
            """
            SELECT m.conversation_id, m.contact_id, m.number_id, m.content, m.context, m.is_inbound, m.status,
                (SELECT j.id FROM job j
                    WHERE j.workspace_id = m.workspace_id AND j.subject_id = m.id AND j.kind = 'whatsapp.send'
                        AND j.state = 'discarded'
                    ORDER BY j.id DESC LIMIT 1) AS dead_letter,
                CASE WHEN EXISTS (
                    SELECT 1 FROM message r WHERE r.workspace_id = m.workspace_id AND r.retry_of = m.id
                ) THEN 1 ELSE 0 END AS is_repeated
            FROM message m
            WHERE m.workspace_id = :workspace_id AND m.id = :id
            """,
            ["workspace_id": workspace, "id": message])
        guard let row else { throw PuenteError.noMessage }
        guard let failed = try FailedMessage(row) else { throw PuenteError.notFailed }
        return failed
    }

    private init?(_ row: SQLRow) throws {
        conversation = try row.get("conversation_id")
        contact = try row.get("contact_id")
        number = try row.get("number_id")
        content = try row.json("content", as: MessageContent.self).withoutUpload
        context = try row.decoration("context")
        deadLetter = try row.get("dead_letter")
        let status: MessageStatus = try row.get("status")
        let isOver = deadLetter != nil || status == .failed || status == .refused
        guard isOver, try !row.get("is_inbound"), try !row.get("is_repeated") else { return nil }
    }

    func quoted(_ connection: any SQLConnection, in workspace: WorkspaceID) throws -> MessageID? {
        guard let wamid = context?.context?.messageID else { return nil }
        return try connection.value(
            """
            SELECT id FROM message
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid = :wamid
                AND contact_id = :contact_id
            """,
            ["workspace_id": workspace, "number_id": number, "wamid": wamid, "contact_id": contact])
    }
}

extension MessageContent {
    /// Meta's id of an uploaded file may be too old: the file that we hold is uploaded again when that is so.
    fileprivate var withoutUpload: MessageContent {
        replacingMedia { media in
            if media.storedID != nil { media.mediaID = nil }
        }
    }
}

extension PuenteError {
    static let noMessage = PuenteError(.notFound, en: "There is no such message.", es: "No existe ese mensaje.")
    static let notFailed = PuenteError(
        .conflict, detail: "not_failed", en: "This message did not fail, or was sent again already.",
        es: "Este mensaje no falló o ya se volvió a enviar.")
}
