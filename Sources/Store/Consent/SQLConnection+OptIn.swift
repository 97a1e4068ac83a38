import Domain

/// A question for consent, as its answer must fit it.
struct OptInQuestion {
    let expiresAt: Timestamp
    /// What was shown, by the wamid of the question and of its reminder, as far as Meta has taken them.
    let shown: [String: String]
    /// As it was first asked.
    let words: String
    /// In which it was asked; empty when nobody knows.
    let languages: [ConsentLanguage]
}

extension SQLConnection {
    func optInQuestion(
        _ id: OptInID, of contact: ContactID, in workspace: WorkspaceID
    ) throws -> OptInQuestion? {
        let row = try row(
            """
            SELECT o.words, o.expires_at, o.language, m.wamid, r.wamid AS reminder_wamid, r.content AS reminder
            FROM opt_in o
            LEFT JOIN message m ON m.workspace_id = o.workspace_id AND m.id = o.message_id
            LEFT JOIN message r ON r.workspace_id = o.workspace_id AND r.id = o.reminder_message_id
            WHERE o.workspace_id = :workspace_id AND o.id = :id AND o.contact_id = :contact_id
            """, ["workspace_id": workspace, "id": id, "contact_id": contact])
        return try row.map(OptInQuestion.init)
    }

    /// Whether a question waits whose time is not over, whether or not the clock has come to it.
    func hasWaitingQuestion(_ contact: ContactID, in workspace: WorkspaceID, at now: Timestamp) throws -> Bool {
        try row(
            """
            SELECT 1 AS one FROM opt_in
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'waiting' AND expires_at > :now
            """, ["workspace_id": workspace, "contact_id": contact, "now": now]) != nil
    }

    /// Ends what nobody answered in time, so that somebody may be asked again.
    func expireQuestions(of contact: ContactID, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE opt_in SET state = 'expired', remind_at = NULL
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'waiting' AND expires_at <= :now
            """, ["workspace_id": workspace, "contact_id": contact, "now": now])
    }

    /// After a yes to one question nobody waits for the answer to another.
    func closeQuestions(of contact: ContactID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE opt_in SET state = 'expired', remind_at = NULL
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'waiting'
            """, ["workspace_id": workspace, "contact_id": contact])
    }

    /// The newest answer stands, by the time at which it was given.
    func answerQuestion(
        _ id: OptInID, as state: OptInState, by message: MessageID, at: Timestamp, in workspace: WorkspaceID
    ) throws {
        try execute(
            """
            UPDATE opt_in
            SET state = :state, answered_at = :at, answer_message_id = :message_id, remind_at = NULL
            WHERE workspace_id = :workspace_id AND id = :id AND COALESCE(answered_at, 0) <= :at
            """, ["state": state, "at": at, "message_id": message, "workspace_id": workspace, "id": id])
    }

    /// A withdrawal answers whatever was asked before it. WhatsApp tells times by the second.
    func declineQuestions(
        of contact: ContactID, by message: MessageID?, at: Timestamp, in workspace: WorkspaceID
    ) throws {
        try execute(
            """
            UPDATE opt_in
            SET state = 'declined', answered_at = :at, answer_message_id = :message_id, remind_at = NULL
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'waiting'
                AND asked_at < :at + 1000
            """, ["at": at, "message_id": message, "workspace_id": workspace, "contact_id": contact])
    }

    /// The question reached nobody: somebody may be asked again.
    func failQuestion(askedBy message: MessageID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE opt_in SET state = 'failed', remind_at = NULL
            WHERE workspace_id = :workspace_id AND message_id = :message_id AND state = 'waiting'
            """, ["workspace_id": workspace, "message_id": message])
    }
}

extension OptInQuestion {
    fileprivate init(_ row: SQLRow) throws {
        words = try row.get("words")
        expiresAt = try row.get("expires_at")
        languages = [ConsentLanguage(code: try row.get("language"))].compactMap(\.self)
        var shown: [String: String] = [:]
        if let wamid = try row.get("wamid", as: String?.self) { shown[wamid] = words }
        if let wamid = try row.get("reminder_wamid", as: String?.self) {
            // A template says the same again; words of ours are other ones. What cannot be read any more costs no yes.
            let content: MessageContent? = try row.decoration("reminder")
            shown[wamid] = if case .interactive? = content { content?.plainText } else { words }
        }
        self.shown = shown
    }
}
