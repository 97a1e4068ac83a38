package import Domain

/// A question that was asked.
package struct AskedQuestion: Sendable {
    package let optIn: OptInID
    package let message: AcceptedMessage
}

/// Asks somebody for consent to marketing, and remembers what exactly was asked.
struct OptInAsking {
    /// A reminder comes this long before the window closes at the latest, and never right behind the question.
    private static let reminderLead: Duration = .minutes(30)
    private static let shortestWait: Duration = .hours(1)

    let voice: ConsentVoice
    let contact: ContactID
    let actor: String

    private var connection: any SQLConnection { voice.connection }
    private var workspace: WorkspaceID { voice.workspace }

    /// Why nobody is asked now; nil where they may be.
    func refusal() throws -> OptInRefusal? {
        try connection.lockConsent(of: [contact], in: workspace)
        try connection.expireQuestions(of: contact, in: workspace, at: voice.now)
        return OptInRefusal.of(
            try connection.consentHistory(of: contact, in: workspace),
            isWaiting: try connection.hasWaitingQuestion(contact, in: workspace, at: voice.now))
    }

    /// A message with two buttons, in the company's words: inside the service window.
    /// - Throws: `PuenteError` with the gate's refusal.
    func ask(in conversation: ConversationID, languages: [ConsentLanguage]) throws -> AskedQuestion {
        guard let speech = try voice.speech(to: contact, in: conversation, languages: languages) else {
            throw PuenteError.noConversation
        }
        let id: OptInID = voice.store.ids.next()
        let content = Self.question(id, speech.filled(speech.texts.question), speech.texts)
        let message = try voice.accept(content, in: .conversation(conversation))
        return try note(id, content.plainText, in: speech.language.rawValue, message, isTemplate: false)
    }

    /// An approved template with two quick replies, of which the first says yes: also outside the window.
    /// - Throws: `PuenteError` with the gate's refusal; `invalid` with the detail `template_cannot_ask`.
    func ask(by template: TemplateSummary, from number: NumberID) throws -> AskedQuestion {
        guard let facts = template.facts, let replies = facts.consentReplies else { throw PuenteError.cannotAsk }
        let id: OptInID = voice.store.ids.next()
        let content = TemplateContent(
            name: template.name, language: template.language,
            buttons: zip(replies, [true, false]).map { reply, isYes in
                .init(
                    subType: "quick_reply", index: reply.index,
                    parameters: [.init(value: .payload(OptInButton(optIn: id, isYes: isYes).id))])
            })
        let message = try voice.accept(.template(content), in: .contact(contact, from: number))
        let words =
            [facts.headerText, facts.bodyText, facts.footerText].compactMap(\.self)
            + replies.map { "▸ \($0.text)" }
        return try note(
            id, words.joined(separator: "\n"), in: template.language, message, isTemplate: true)
    }

    static func question(_ id: OptInID, _ body: String, _ texts: ConsentTexts) -> MessageContent {
        .interactive(
            InteractiveContent(
                body: body,
                action: .buttons([
                    .init(id: OptInButton(optIn: id, isYes: true).id, title: texts.yes),
                    .init(id: OptInButton(optIn: id, isYes: false).id, title: texts.no),
                ])))
    }

    private func note(
        _ id: OptInID, _ words: String, in language: String, _ message: AcceptedMessage, isTemplate: Bool
    ) throws -> AskedQuestion {
        let settings = try connection.consentSettings(in: workspace)
        let expires = voice.now + .hours(settings.questionHours)
        let row = try connection.row(
            "SELECT number_id, last_inbound_at FROM conversation WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message.conversation])
        guard let row else { throw PuenteError.noConversation }
        let windowEnd = isTemplate ? nil : CustomerServiceWindow.end(lastInbound: try row.get("last_inbound_at"))
        try connection.execute(
            """
            INSERT INTO opt_in
                (id, workspace_id, contact_id, number_id, state, words, language, message_id, actor, asked_at,
                 remind_at, expires_at)
            VALUES
                (:id, :workspace_id, :contact_id, :number_id, 'waiting', :words, :language, :message_id, :actor, :now,
                 :remind_at, :expires_at)
            """,
            [
                "id": id, "workspace_id": workspace, "contact_id": message.contact,
                "number_id": try row.get("number_id", as: NumberID.self), "words": words, "language": language,
                "message_id": message.message, "actor": actor, "now": voice.now,
                "remind_at": reminder(settings, windowEnd: windowEnd, expires: expires), "expires_at": expires,
            ])
        return AskedQuestion(optIn: id, message: message)
    }

    private func reminder(
        _ settings: ConsentSettings, windowEnd: Timestamp?, expires: Timestamp
    ) -> Timestamp? {
        guard let hours = settings.reminderHours else { return nil }
        let wanted = voice.now + .hours(hours)
        let at = windowEnd.map { min(wanted, $0 - Self.reminderLead) } ?? wanted
        return at >= voice.now + Self.shortestWait && at < expires ? at : nil
    }
}

extension TemplateFacts {
    /// The two quick replies of a template that can ask for consent: it needs no values, and has a yes and a no.
    package var consentReplies: [QuickReply]? {
        guard bodyVariables.isEmpty, header == nil, buttonSlots.isEmpty, let quickReplies, quickReplies.count >= 2
        else {
            return nil
        }
        return Array(quickReplies.prefix(2))
    }
}

extension PuenteError {
    static let cannotAsk = PuenteError(
        .invalid, detail: "template_cannot_ask",
        en:
            "This template cannot ask for consent: it needs two quick replies (the first a yes, the second a no) and no values to fill in.",
        es:
            "Esta plantilla no sirve para pedir el consentimiento: necesita dos respuestas rápidas (la primera un sí, la segunda un no) y ningún valor que rellenar."
    )
}
