import Domain

/// What the clock did with questions for consent.
package struct QuestionKeeping: Equatable, Sendable {
    package var expired = 0
    package var reminded = 0
    package var report = RecordReport()
}

extension Store {
    private static let slice = 200

    /// Questions that nobody answered in time expire; before that each is asked once more, where the send gate allows it.
    package func keepQuestions() async throws -> QuestionKeeping {
        let now = now()
        let store = self
        // Most of the time there is nothing to do, and nothing is written.
        let isDue = try await database.read(on: .work) { try !$0.dueQuestions(at: now, limit: 1).isEmpty }
        guard isDue else { return QuestionKeeping() }
        return try await database.write(on: .work) { connection in
            var keeping = QuestionKeeping()
            for question in try connection.dueQuestions(at: now, limit: Self.slice) {
                if question.expiresAt <= now {
                    try connection.set(question.id, to: .expired, in: question.workspace)
                    keeping.expired += 1
                } else {
                    let reminder = QuestionReminder(
                        voice: ConsentVoice(
                            store: store, connection: connection, workspace: question.workspace, now: now),
                        question: question)
                    guard let said = try reminder.send() else { continue }
                    keeping.reminded += 1
                    keeping.report.lanes.formUnion(said.lanes)
                    keeping.report.workspaces.insert(question.workspace)
                    keeping.report.conversations[question.workspace, default: []].insert(said.conversation)
                }
            }
            return keeping
        }
    }
}

/// A question whose time has come.
private struct DueQuestion: Sendable {
    let id: OptInID
    let workspace: WorkspaceID
    let contact: ContactID
    let message: MessageID
    let language: String
    let expiresAt: Timestamp
}

extension SQLConnection {
    /// Of all workspaces, the longest due first.
    fileprivate func dueQuestions(at now: Timestamp, limit: Int) throws -> [DueQuestion] {
        func due(_ condition: String, _ column: String) throws -> [SQLRow] {
            try self.rows(
                """
                SELECT id, workspace_id, contact_id, message_id, language, expires_at FROM opt_in
                WHERE state = 'waiting' AND \(condition) ORDER BY \(column) LIMIT :limit
                """, ["now": now, "limit": limit])
        }
        let found =
            try due("expires_at <= :now", "expires_at") + due("remind_at <= :now AND expires_at > :now", "remind_at")
        return try found.map { row in
            DueQuestion(
                id: try row.get("id"), workspace: try row.get("workspace_id"), contact: try row.get("contact_id"),
                message: try row.get("message_id"), language: try row.get("language"),
                expiresAt: try row.get("expires_at"))
        }
    }

    fileprivate func set(_ question: OptInID, to state: OptInState, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE opt_in SET state = :state, remind_at = NULL
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'waiting'
            """, ["state": state, "workspace_id": workspace, "id": question])
    }

    fileprivate func noteReminder(
        of question: OptInID, _ message: MessageID?, in workspace: WorkspaceID
    ) throws {
        try execute(
            """
            UPDATE opt_in SET reminder_message_id = :message_id, remind_at = NULL
            WHERE workspace_id = :workspace_id AND id = :id
            """, ["message_id": message, "workspace_id": workspace, "id": question])
    }
}

/// The one reminder of a question: the same buttons under other words, or the same template again.
private struct QuestionReminder {
    let voice: ConsentVoice
    let question: DueQuestion

    private var connection: any SQLConnection { voice.connection }

    /// Nil when the gate says no: then there is no reminder.
    func send() throws -> AcceptedMessage? {
        let said = try message().flatMap { content, conversation in try say(content, in: conversation) }
        try connection.noteReminder(of: question.id, said?.message, in: question.workspace)
        return said
    }

    private func say(_ content: MessageContent, in conversation: ConversationID) throws -> AcceptedMessage? {
        do {
            return try voice.accept(content, in: .conversation(conversation))
        } catch is PuenteError {
            return nil  // the gate's no, which the page of the contact tells
        }
    }

    private func message() throws -> (MessageContent, ConversationID)? {
        let row = try connection.row(
            """
            SELECT conversation_id, content FROM message WHERE workspace_id = :workspace_id AND id = :id
            """, ["workspace_id": question.workspace, "id": question.message])
        guard let row else { return nil }
        let conversation: ConversationID = try row.get("conversation_id")
        guard case .template(var template) = try row.json("content", as: MessageContent.self) else {
            let languages = [ConsentLanguage(code: question.language)].compactMap(\.self)
            guard
                let speech = try voice.speech(to: question.contact, in: conversation, languages: languages)
            else { return nil }
            return (
                OptInAsking.question(question.id, speech.filled(speech.texts.reminder), speech.texts), conversation
            )
        }
        template.rendered = nil
        return (.template(template), conversation)
    }
}
