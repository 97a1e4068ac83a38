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
                guard question.expiresAt > now else {
                    if try connection.expire(question) { keeping.expired += 1 }
                    continue
                }
                let voice = ConsentVoice(
                    store: store, connection: connection, workspace: question.workspace, now: now)
                let reminder = QuestionReminder(voice: voice, question: question)
                if let said = try reminder.send() { keeping.note(said, question) }
            }
            return keeping
        }
    }
}

extension QuestionKeeping {
    fileprivate mutating func note(_ said: AcceptedMessage, _ question: DueQuestion) {
        reminded += 1
        report.lanes.formUnion(said.lanes)
        report.workspaces.insert(question.workspace)
        report.conversations[question.workspace, default: []].insert(said.conversation)
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

    /// - Returns: whether it still waited.
    fileprivate func expire(_ question: DueQuestion) throws -> Bool {
        try execute(
            """
            UPDATE opt_in SET state = 'expired', remind_at = NULL
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'waiting'
            """, ["workspace_id": question.workspace, "id": question.id]) == 1
    }

    /// Whoever takes the reminder sends it: of two nodes the first. An answer that came in meanwhile leaves none.
    fileprivate func takeReminder(of question: DueQuestion) throws -> Bool {
        try execute(
            """
            UPDATE opt_in SET remind_at = NULL
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'waiting' AND remind_at IS NOT NULL
            """, ["workspace_id": question.workspace, "id": question.id]) == 1
    }

    fileprivate func noteReminder(of question: DueQuestion, _ message: MessageID) throws {
        try execute(
            """
            UPDATE opt_in SET reminder_message_id = :message_id WHERE workspace_id = :workspace_id AND id = :id
            """, ["message_id": message, "workspace_id": question.workspace, "id": question.id])
    }
}

/// The one reminder of a question: the same buttons under other words, or the same template again.
private struct QuestionReminder {
    let voice: ConsentVoice
    let question: DueQuestion

    private var connection: any SQLConnection { voice.connection }

    /// Nil when the gate says no, or the person has said meanwhile what makes the question idle: then there is no
    /// reminder.
    func send() throws -> AcceptedMessage? {
        try connection.lockConsent(of: [question.contact], in: question.workspace)
        guard try connection.takeReminder(of: question), try isOpen(),
            let (content, conversation) = try readableMessage(), let said = try say(content, in: conversation)
        else { return nil }
        try connection.noteReminder(of: question, said.message)
        return said
    }

    private func isOpen() throws -> Bool {
        let history = try connection.consentHistory(of: question.contact, in: question.workspace)
        return OptInRefusal.of(history, isWaiting: false) == nil
    }

    /// Nil, too, for a question that nobody can read any more: it must not stop those behind it.
    private func readableMessage() throws -> (MessageContent, ConversationID)? {
        do { return try message() } catch SQLError.decoding { return nil }
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
