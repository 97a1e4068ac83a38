package import Domain

extension Store {
    /// Asks somebody for consent to marketing (double opt-in): by buttons inside the service window, by a template outside
    /// it.
    ///
    /// - Parameters:
    ///   - template: an approved one that ``Domain/TemplateFacts/consentReplies`` knows; nil for buttons.
    ///   - number: nil for the one that the contact wrote to last, else the only one.
    /// - Throws: `refused` with the detail `opt_in_waiting`, `opt_in_confirmed` or `opt_in_withdrawn`, or with the send
    ///   gate's; `invalid` with the detail `template_cannot_ask`; `notFound`.
    package func askForConsent(
        _ contact: ContactID, by template: TemplateID? = nil, from number: NumberID? = nil, actor: String,
        in workspace: WorkspaceID
    ) async throws -> AskedQuestion {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let contact = try connection.livingContact(contact, isHeld: true, in: workspace)
            let voice = ConsentVoice(store: store, connection: connection, workspace: workspace, now: now)
            let asking = OptInAsking(voice: voice, contact: contact, actor: actor)
            if let refusal = try asking.refusal() { throw refusal.error }
            let asked = try connection.ask(asking, by: template, from: number)
            try connection.note(
                .consentAsked, of: asked.message.contact.rawValue, by: actor, in: workspace,
                detail: ["question": "\(asked.optIn)"], store: store, at: now)
            return asked
        }
    }
}

extension SQLConnection {
    fileprivate func ask(
        _ asking: OptInAsking, by template: TemplateID?, from number: NumberID?
    ) throws -> AskedQuestion {
        let workspace = asking.voice.workspace
        let place = try placeToAsk(asking.contact, from: number, in: workspace)
        if let template {
            guard let summary = try self.template(template, of: place.number, in: workspace) else {
                throw SendRefusal.templateUnknown.problem
            }
            return try asking.ask(by: summary, from: place.number)
        }
        guard let conversation = place.conversation else { throw SendRefusal.windowClosed.problem }
        return try asking.ask(in: conversation, languages: [])
    }
}

extension SendRefusal {
    fileprivate var problem: PuenteError { PuenteError(.refused, detail: rawValue, message: sentence) }
}

extension SQLConnection {
    /// - Parameter isHeld: for whoever writes: who the contact is stays so until the transaction ends.
    /// - Throws: `notFound`.
    func livingContact(_ contact: ContactID, isHeld: Bool = false, in workspace: WorkspaceID) throws -> ContactID {
        let living = try isHeld ? holdLiving(contact, in: workspace) : living(contact, in: workspace)
        let isKnown = try row(
            "SELECT 1 AS one FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": living])
        guard isKnown != nil else { throw PuenteError.noContact }
        return living
    }

    /// The open conversation in which the customer wrote last, and its number; else the number that was asked for, or the
    /// only one.
    /// - Parameter isFirstEnough: of several numbers the first will do, since nothing is sent.
    func placeToAsk(
        _ contact: ContactID, from asked: NumberID?, isFirstEnough: Bool = false, in workspace: WorkspaceID
    ) throws -> (number: NumberID, conversation: ConversationID?) {
        let numbers = try rows(
            "SELECT id FROM number WHERE workspace_id = :workspace_id AND state <> 'disabled' ORDER BY id",
            ["workspace_id": workspace]
        ).map { try $0.get("id", as: NumberID.self) }
        if let asked, !numbers.contains(asked) { throw PuenteError.noNumber }
        let open = try rows(
            """
            SELECT id, number_id FROM conversation
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = 'open'
            ORDER BY COALESCE(last_inbound_at, 0) DESC, id DESC
            """, ["workspace_id": workspace, "contact_id": contact])
        let usable = try open.first {
            let number: NumberID = try $0.get("number_id")
            return asked.map { $0 == number } ?? numbers.contains(number)
        }
        if let usable { return (try usable.get("number_id"), try usable.get("id")) }
        if let asked { return (asked, nil) }
        guard let first = numbers.first, numbers.count == 1 || isFirstEnough else { throw PuenteError.chooseNumber }
        return (first, nil)
    }

    fileprivate func template(
        _ id: TemplateID, of number: NumberID, in workspace: WorkspaceID
    ) throws -> TemplateSummary? {
        try row(
            """
            SELECT \(TemplateSummary.columns)
            FROM number n
            JOIN template t ON t.workspace_id = n.workspace_id AND t.waba_id = n.waba_id
            WHERE n.workspace_id = :workspace_id AND n.id = :number_id AND t.id = :id
            """, ["workspace_id": workspace, "number_id": number, "id": id]
        ).map(TemplateSummary.init)
    }
}
