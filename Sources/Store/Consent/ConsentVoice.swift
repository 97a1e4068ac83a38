import Domain

/// What Puente itself says to customers about consent. It passes the send gate like everything else: where the gate says
/// no (the window has closed, the contact is blocked), nothing is said.
struct ConsentVoice {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let now: Timestamp

    /// Once for each withdrawal.
    func confirmWithdrawal(
        of contact: ContactID, in conversation: ConversationID, languages: [ConsentLanguage]
    ) throws -> AcceptedMessage? {
        let kept = try connection.consentRows(of: [contact], in: workspace)[contact]?[.marketing]
        guard let kept, kept.standing.word == .withdrawn, kept.confirmation == nil else { return nil }
        guard let speech = try speech(to: contact, in: conversation, languages: languages),
            let said = try say(.text(TextContent(body: speech.filled(speech.texts.confirmation))), in: conversation)
        else { return nil }
        try connection.execute(
            """
            UPDATE consent SET confirmation_id = :message_id
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND purpose = 'marketing'
            """, ["message_id": said.message, "workspace_id": workspace, "contact_id": contact])
        return said
    }

    func thank(
        _ contact: ContactID, in conversation: ConversationID, languages: [ConsentLanguage]
    ) throws -> AcceptedMessage? {
        guard let speech = try speech(to: contact, in: conversation, languages: languages) else { return nil }
        return try say(.text(TextContent(body: speech.filled(speech.texts.thanks))), in: conversation)
    }

    /// A start word shows no words to agree to: it is answered by the question, where the company wants that.
    func askAfterStartWord(
        _ contact: ContactID, in conversation: ConversationID, languages: [ConsentLanguage]
    ) throws -> AcceptedMessage? {
        guard try connection.consentSettings(in: workspace).asksOnStart else { return nil }
        let asking = OptInAsking(voice: self, contact: contact, actor: MessageCommand.Author.puente)
        guard try asking.refusal() == nil else { return nil }
        do {
            return try asking.ask(in: conversation, languages: languages).message
        } catch is PuenteError {
            return nil  // the gate's no; nobody waits for an answer here
        }
    }

    /// - Throws: only what the database throws.
    private func say(_ content: MessageContent, in conversation: ConversationID) throws -> AcceptedMessage? {
        do {
            return try accept(content, in: .conversation(conversation))
        } catch is PuenteError {
            return nil  // the gate's no
        }
    }

    /// - Throws: `PuenteError` with the gate's refusal.
    func accept(_ content: MessageContent, in target: MessageCommand.Target) throws -> AcceptedMessage {
        let command = MessageCommand(workspace: workspace, target: target, content: content, author: .consent)
        return try MessageAcceptance(store: store, connection: connection, command: command, now: now).accept()
    }

    // MARK: In which words

    struct Speech {
        let texts: ConsentTexts
        let language: ConsentLanguage
        let company: String

        func filled(_ text: String) -> String { ConsentTexts.filled(text, company: company) }
    }

    /// In the contact's language, as far as that is known; else in one in which the word that they wrote is said, the
    /// company's first.
    func speech(
        to contact: ContactID, in conversation: ConversationID, languages: [ConsentLanguage]
    ) throws -> Speech? {
        let row = try connection.row(
            "SELECT number_id FROM conversation WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": conversation])
        guard let row else { return nil }
        return try speech(to: contact, from: row.get("number_id"), languages: languages)
    }

    func speech(
        to contact: ContactID, from number: NumberID, languages: [ConsentLanguage]
    ) throws -> Speech {
        let sender = try connection.sender(of: number, in: workspace)
        let row = try connection.row(
            "SELECT language FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": contact])
        let own = try row?.get("language", as: String?.self).flatMap(ConsentLanguage.init(code:))
        let language = own ?? sender.choice(of: languages)
        return Speech(
            texts: try connection.consentSettings(in: workspace).texts(language), language: language,
            company: sender.name.shown)
    }
}
