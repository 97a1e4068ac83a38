import Domain

/// A question for consent, as its answer must fit it.
struct OptInQuestion {
    let state: OptInState
    let words: String
    let expiresAt: Timestamp
    /// Of the question and of its reminder, as far as Meta has taken them.
    let wamids: Set<String>
    /// In which it was asked; empty when nobody knows.
    let languages: [ConsentLanguage]
}

extension SQLConnection {
    func optInQuestion(
        _ id: OptInID, of contact: ContactID, in workspace: WorkspaceID
    ) throws -> OptInQuestion? {
        let row = try row(
            """
            SELECT o.state, o.words, o.expires_at, o.language, m.wamid, r.wamid AS reminder_wamid
            FROM opt_in o
            LEFT JOIN message m ON m.workspace_id = o.workspace_id AND m.id = o.message_id
            LEFT JOIN message r ON r.workspace_id = o.workspace_id AND r.id = o.reminder_message_id
            WHERE o.workspace_id = :workspace_id AND o.id = :id AND o.contact_id = :contact_id
            """, ["workspace_id": workspace, "id": id, "contact_id": contact])
        return try row.map { row in
            OptInQuestion(
                state: try row.get("state"), words: try row.get("words"), expiresAt: try row.get("expires_at"),
                wamids: Set(
                    [try row.get("wamid", as: String?.self), try row.get("reminder_wamid", as: String?.self)]
                        .compactMap(\.self)),
                languages: [ConsentLanguage(code: try row.get("language"))].compactMap(\.self))
        }
    }

    func hasWaitingQuestion(_ contact: ContactID, in workspace: WorkspaceID) throws -> Bool {
        try row(
            """
            SELECT 1 AS one FROM opt_in
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'waiting'
            """, ["workspace_id": workspace, "contact_id": contact]) != nil
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
